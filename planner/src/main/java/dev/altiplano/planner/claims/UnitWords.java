package dev.altiplano.planner.claims;

import dev.altiplano.planner.quantity.Unit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Units and scales as people write them, in English and Spanish. */
final class UnitWords {
    static final Unit EURO = new Unit("EUR", Dimensions.MONEY, 1);
    static final Unit POUND = new Unit("GBP", Dimensions.MONEY, 1);

    private static final Map<String, Unit> CURRENCIES =
            Map.of("eur", EURO, "euro", EURO, "euros", EURO, "gbp", POUND, "pounds", POUND);

    private static final Map<String, String> NAMES = new HashMap<>();
    private static final Map<String, Double> COUNTS = new HashMap<>();
    private static final Map<String, Double> SCALES = new HashMap<>();
    private static final Map<String, Double> GLUED =
            Map.of("k", 1e3, "K", 1e3, "M", 1e6, "B", 1e9, "T", 1e12, "m", 1e6);

    static {
        metric("W", "w,watt,watts,vatio,vatios");
        metric("Wh", "wh");
        metric("FLOP/s", "flops,flop/s");
        metric("FLOP", "flop");
        names("GB", "gb,gigabytes,gigabyte");
        names("TB", "tb,terabytes,terabyte");
        names("PB", "pb,petabytes");
        names("kg", "kgs,kilo,kilos,kilogram,kilograms,kilogramo,kilogramos");
        names("g", "gram,grams,gramo,gramos");
        names("t", "ton,tons,tonelada,toneladas,tco2,tco2e,tco2eq");
        names("kt", "kilotonne,kilotonnes,kilotoneladas");
        names("h", "hr,hrs,hora,horas");
        names("d", "dia,dias");
        names("min", "mins,minuto,minutos");
        names("s", "sec,secs,second,seconds,segundo,segundos");
        names("week", "semana,semanas,wk,wks");
        names("month", "mes,meses");
        names("y", "yr,yrs,ano,anos,annual,anual,anuales,yearly");
        names("USD", "usd,dollar,dollars,dolar,dolares,us$");
        names("c", "cents,centavo,centavos,centimo,centimos,ct");
        names("token", "tok");
        names(
                "gpu",
                "gpus,chip,chips,accelerators,acelerador,aceleradores,xpu,xpus,tarjetas,procesadores");
        names("param", "params,parametro,parametros");
        names("L", "litre,litres,liter,liters,litro,litros");
        names("J", "joule,joules,julio,julios");
        counts(
                "two,dos",
                "three,tres",
                "four,cuatro",
                "five,cinco",
                "six,seis",
                "seven,siete",
                "eight,ocho",
                "nine,nueve",
                "ten,diez",
                "eleven",
                "twelve,doce");
        COUNTS.put("twice", 2.0);
        COUNTS.put("double", 2.0);
        COUNTS.put("doble", 2.0);
        COUNTS.put("triple", 3.0);
        COUNTS.put("half", 0.5);
        COUNTS.put("mitad", 0.5);
        scales(1e2, "hundred,cien,cientos");
        scales(1e3, "thousand,thousands,mil,miles");
        scales(1e6, "million,millions,millon,millones,mn,mm,mill");
        scales(1e9, "billion,billions,bn,millardo,millardos");
        scales(1e12, "trillion,trillions,tn,billon,billones");
        scales(1e15, "quadrillion");
        scales(1e18, "trillon,trillones");
    }

    private UnitWords() {}

    /** From two on. */
    private static void counts(String... words) {
        for (int i = 0; i < words.length; i++) {
            for (String word : words[i].split(",", -1)) {
                COUNTS.put(word, i + 2.0);
            }
        }
    }

    /** A number that is written as a word. */
    static Optional<Double> count(String word) {
        return Optional.ofNullable(COUNTS.get(Words.plain(word)));
    }

    private static void names(String symbol, String words) {
        for (String word : words.split(",", -1)) {
            NAMES.put(word, symbol);
        }
    }

    /** The unit with each prefix, as a letter and as a word. */
    private static void metric(String symbol, String words) {
        String[][] prefixes = {
            {"", "", ""},
            {"k", "k", "kilo"},
            {"M", "m", "mega"},
            {"G", "g", "giga"},
            {"T", "t", "tera"},
            {"P", "p", "peta"},
            {"E", "e", "exa"}
        };
        for (String word : words.split(",", -1)) {
            for (String[] prefix : prefixes) {
                NAMES.put(prefix[1] + word, prefix[0] + symbol);
                NAMES.put(prefix[2] + word, prefix[0] + symbol);
                NAMES.put(prefix[2] + word.replace("vatio", "watio"), prefix[0] + symbol);
            }
        }
    }

    private static void scales(double factor, String words) {
        for (String word : words.split(",", -1)) {
            SCALES.put(word, factor);
        }
    }

    /** A unit without {@code /}: exact spelling first, for {@code mW} is not {@code MW}. */
    static Optional<Unit> unit(String word) {
        if (SCALES.containsKey(Words.plain(word)) || word.equals("mW")) {
            return Optional.empty();
        }
        // FLOPS and FLOPs are both used for a rate and for a number; the capital S means a rate.
        Optional<Unit> exact = word.endsWith("flops") ? Optional.empty() : Unit.parse(word);
        if (exact.isPresent()) {
            return exact;
        }
        String plain = Words.plain(word);
        if (CURRENCIES.containsKey(plain)) {
            return Optional.ofNullable(CURRENCIES.get(plain));
        }
        String known = NAMES.get(plain);
        return known == null ? Unit.parse(plain.toLowerCase(Locale.ROOT)) : Unit.parse(known);
    }

    /** A scale that is a word of its own. */
    static Optional<Double> scale(String word) {
        return Optional.ofNullable(SCALES.get(Words.plain(word)));
    }

    /** A scale letter: {@code 1.5M}, {@code 500 m}. */
    static Optional<Double> scaleLetter(String word) {
        return Optional.ofNullable(GLUED.get(word));
    }

    /** What needs saying about a scale that English and Spanish use differently. */
    static Optional<Said> scaleNote(String word, double factor) {
        return switch (Words.plain(word)) {
            case "billion", "billions", "bn", "trillion", "trillions", "tn" ->
                    Optional.of(
                            Said.of(
                                    "‘{}’ read as {}, as in English",
                                    Said.quoted(word),
                                    String.format(Locale.ROOT, "%.0e", factor)));
            case "billon", "billones", "trillon", "trillones" ->
                    Optional.of(
                            Said.of(
                                    "‘{}’ read as {}, as in Spanish",
                                    Said.quoted(word),
                                    String.format(Locale.ROOT, "%.0e", factor)));
            default -> Optional.empty();
        };
    }
}
