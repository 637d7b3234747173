package dev.altiplano.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.altiplano.server.api.ScriptedModel;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlanPagesTest {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static AltiplanoServer server;
    private static ApiClient client;

    @BeforeAll
    static void start() {
        server = AltiplanoServer.start(ServerOptions.defaults().withPort(0), new ScriptedModel());
        client = new ApiClient(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/plan|es-MX,en;q=0.5|¿Pueden funcionar 100.000 H100 con 150 MW?",
                "/plan|de|Can 100,000 H100 run on 150 MW?",
                "/plan/en|es|Can 100,000 H100 run on 150 MW?",
                "/plan/es|en|¿Pueden funcionar 100.000 H100 con 150 MW?"
            })
    void answersInThePathsLanguageElseInTheBrowsers(String path, String accepts, String title)
            throws Exception {
        HttpResponse<String> page = get(path, accepts);

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("<h1 id=\"title\">" + title + "</h1>");
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .startsWith("default-src 'none'");
    }

    @ParameterizedTest
    @CsvSource({"/plan/report.css, text/css", "/plan/report.js, text/javascript"})
    void servesWhatThePageNeeds(String path, String contentType) throws Exception {
        HttpResponse<String> file = get(path, "en");

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.headers().firstValue("content-type").orElseThrow()).startsWith(contentType);
    }

    @Test
    void computesWhatTheSlidersAsk() throws Exception {
        ApiClient.Answer answer =
                client.post(
                        "/plan/api",
                        "{'language':'en','gpus':50000,'cap':80,'pue':1.08,'reading':'rated'}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/title")).isEqualTo("Can 50,000 H100 run on 80 MW?");
        assertThat(answer.text("/answer")).contains("75.7 MW at the meter");
        assertThat(answer.text("/spoken")).contains("75.7 MW");
    }

    @Test
    void sendsOnlyThePicturesThatChange() throws Exception {
        String marks =
                Pattern.compile("data-mark=\"([^\"]+)\"")
                        .matcher(get("/plan/en", "en").body())
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.joining(" "));
        String same =
                "{'language':'en','gpus':100000,'cap':150,'pue':1.08,'reading':'%s','marks':'%s'}";

        assertThat(pictures(same.formatted("typical", marks))).isEmpty();
        assertThat(pictures(same.formatted("rated", marks)))
                .isNotEmpty()
                .isSubsetOf("cost", "regions");
        assertThat(pictures(same.formatted("typical", ""))).hasSize(11);
    }

    private static List<String> pictures(String body) throws Exception {
        ApiClient.Answer answer = client.post("/plan/api/pictures", body);
        assertThat(answer.status()).isEqualTo(200);
        return answer.at("/pictures").valueStream().map(p -> p.get("id").asString()).toList();
    }

    @Test
    void refusesPicturesOfAClusterThatIsTooSmall() throws Exception {
        ApiClient.Answer answer =
                client.post(
                        "/plan/api/pictures",
                        "{'language':'es','gpus':8,'cap':80,'pue':1.08,'reading':'rated'}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error/message")).contains("al menos 200 chips");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'language':'es','gpus':0,'cap':80,'pue':1.08,'reading':'rated'}",
                "{'language':'es','gpus':null,'cap':80,'pue':1.08,'reading':'rated'}",
                "{'language':'es','gpus':1e300,'cap':80,'pue':1.08,'reading':'rated'}"
            })
    void tellsWhatIsWrongInTheReadersLanguage(String body) throws Exception {
        ApiClient.Answer answer = client.post("/plan/api", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error/message"))
                .startsWith("Número de chips H100: ")
                .endsWith("no está entre 1 y 10.000.000.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'gpus':1,'cap':80,'pue':1.08,'reading':'guess'}",
                "{'gpus':'many','cap':80,'pue':1.08,'reading':'rated'}",
                "[]",
                "{"
            })
    void refusesWhatTheFormCannotSend(String body) throws Exception {
        assertThat(client.post("/plan/api", body).status()).isEqualTo(400);
    }

    @Test
    void judgesASentence() throws Exception {
        ApiClient.Answer answer =
                client.post(
                        "/plan/api/claim",
                        "{'language':'es','sentence':'100.000 H100 consumen 150 MW','pue':1.2}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/answer")).contains("1,1 (red y almacenamiento) × 1,2 (PUE)");
        assertThat(answer.text("/spoken")).startsWith("✗ incoherente.");
    }

    @Test
    void aSentenceThatIsNotUnderstoodIsAnAnswer() throws Exception {
        ApiClient.Answer answer =
                client.post("/plan/api/claim", "{'language':'en','sentence':'7 unicorns = 1 MW'}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text("/spoken")).contains("not understood: unicorns");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'language':'es'}",
                "{'sentence':7}",
                "{'sentence':' '}",
                "{'sentence':'7 = 7','pue':0.5}",
                "{'sentence':'7 = 7','pue':'low'}"
            })
    void refusesWhatIsNoSentence(String body) throws Exception {
        assertThat(client.post("/plan/api/claim", body).status()).isEqualTo(400);
    }

    @Test
    void refusesALongSentenceInTheReadersLanguage() throws Exception {
        ApiClient.Answer answer =
                client.post(
                        "/plan/api/claim",
                        "{'language':'es','sentence':'" + "7 = 7 ".repeat(100) + "'}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/error/message")).contains("más de 500 caracteres");
        assertThat(answer.text("/error/param")).isEqualTo("sentence");
    }

    private static HttpResponse<String> get(String path, String accepts) throws Exception {
        return HTTP.send(
                HttpRequest.newBuilder(server.uri().resolve(path))
                        .header("accept-language", accepts)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
