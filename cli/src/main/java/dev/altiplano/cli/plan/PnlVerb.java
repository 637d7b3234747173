package dev.altiplano.cli.plan;

import dev.altiplano.planner.Plan;
import dev.altiplano.planner.explain.Term;
import dev.altiplano.planner.money.AdvertRevenue;
import dev.altiplano.planner.money.CapitalCost;
import dev.altiplano.planner.money.ClusterShare;
import dev.altiplano.planner.money.Figure;
import dev.altiplano.planner.money.Growth;
import dev.altiplano.planner.money.IncomeStatement;
import dev.altiplano.planner.money.Money;
import dev.altiplano.planner.money.Period;
import dev.altiplano.planner.money.Period.FullYear;
import dev.altiplano.planner.money.Report;
import dev.altiplano.planner.money.Scenario;
import dev.altiplano.planner.money.Statements;
import dev.altiplano.planner.quantity.Grade;
import dev.altiplano.planner.schema.DefaultUsed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code plan pnl}: reported figures with their growth, and a scenario with an assistant. */
@Command(
        name = "pnl",
        mixinStandardHelpOptions = true,
        description = {
            "Profit and loss: what a company reported, and years to come.",
            "Growth is computed from both values; the years to come have an assistant that adverts"
                    + " pay for. With a plan the cluster costs what the plan says; without one it"
                    + " costs nothing unless --cluster says otherwise."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan pnl",
            "  altiplano plan pnl plan.yaml --queries 100B --impressions 0.4 --fill 0.6 --cpm 20"
                    + " --query-cost 0.0013",
        })
final class PnlVerb extends PlanFileVerb {
    @Option(names = "--company", paramLabel = "NAME", description = "Whose figures; Meta.")
    private String company = "Meta";

    @Option(names = "--base", paramLabel = "YEAR", description = "Last full year reported; 2024.")
    private int base = 2024;

    @Option(names = "--years", paramLabel = "N", description = "Years to come, 1 to 100; 5.")
    private int years = 5;

    @Option(
            names = "--growth",
            paramLabel = "SHARE",
            description = "Of revenue each year, as 0.2 or 20%%; that of the base year.")
    private @Nullable String growth;

    @Option(
            names = "--cost-growth",
            paramLabel = "SHARE",
            description = "Of costs each year; that of the base year.")
    private @Nullable String costGrowth;

    @Option(
            names = "--capex",
            paramLabel = "USD",
            description = "Hardware bought each year; that of the base year.")
    private @Nullable String capex;

    @Option(names = "--life", paramLabel = "YEARS", description = "Written off over; 5.")
    private int life = 5;

    @Option(
            names = "--cluster",
            paramLabel = "USD",
            description = "Yearly cost of the assistant's cluster.")
    private @Nullable String cluster;

    @Option(
            names = "--subsidised",
            paramLabel = "SHARE",
            description = "Of that cost which the company bears itself; 1.")
    private String subsidised = "1";

    @Option(names = "--queries", paramLabel = "N", description = "Answers of a year; 0.")
    private String queries = "0";

    @Option(
            names = "--impressions",
            paramLabel = "N",
            description = "Places for an advert beside one answer; 0.")
    private String impressions = "0";

    @Option(names = "--fill", paramLabel = "SHARE", description = "Of them that are sold; 0.")
    private String fill = "0";

    @Option(names = "--cpm", paramLabel = "USD", description = "Of a thousand impressions; 0.")
    private String cpm = "0";

    @Option(names = "--query-cost", paramLabel = "USD", description = "Of an answer's tokens; 0.")
    private String queryCost = "0";

    @Option(names = "--tax", paramLabel = "SHARE", description = "Of operating income; 0.12.")
    private String tax = "0.12";

    private final List<DefaultUsed> defaults = new ArrayList<>();

    @Override
    Answer answer() {
        if (years < 1 || years > 100 || life < 1 || life > 100) {
            throw usage("--years and --life: expected 1 to 100");
        }
        Statements statements = Statements.builtIn();
        Report<FullYear> report = statements.of(company, new FullYear(base));
        Scenario scenario = scenario(statements, report.statement());
        Answer answer = new Answer("Profit and loss of " + company + ", nominal US dollars");
        reported(answer, statements);
        growth(answer, statements);
        scenario(answer, scenario);
        List<Term> terms = new ArrayList<>(scenario.terms());
        if (scenario.perQuery().usdPerQuery() > 0) {
            terms.addAll(scenario.perQuery().terms());
            adverts(answer, scenario);
        } else {
            noAdverts(answer, scenario.perQuery());
        }
        terms.addAll(clusterShare(answer, report.statement(), scenario));
        return answer.explain(terms).defaults(defaults);
    }

    private static void adverts(Answer answer, Scenario scenario) {
        answer.figure(
                "query_margin",
                "margin of one answer",
                scenario.perQuery().marginUsdPerQuery(),
                "USD",
                Grade.DERIVED);
        OptionalDouble even = scenario.breakEvenQueries();
        if (even.isPresent()) {
            answer.figure(
                    "break_even_queries",
                    "answers a year that carry the borne cost",
                    even.getAsDouble(),
                    "",
                    Grade.DERIVED);
        } else {
            answer.note(
                    "No number of answers carries the cluster: one brings no more than it costs.");
        }
    }

    /** Without revenue there is no margin to tell, only what an answer costs. */
    private static void noAdverts(Answer answer, AdvertRevenue perQuery) {
        if (perQuery.costUsdPerQuery() > 0) {
            answer.figure(
                    "query_cost",
                    "cost of one answer",
                    perQuery.costUsdPerQuery(),
                    "USD",
                    Grade.DERIVED);
        }
        answer.note(
                "No advertising revenue is planned, so an answer has no margin:"
                        + " --impressions, --fill and --cpm above 0 make it.");
    }

    private Scenario scenario(Statements statements, IncomeStatement<FullYear> year) {
        return new Scenario(
                year.period(),
                year.revenue().money(),
                year.costs().orElseThrow(() -> missing("costs")).money(),
                given("--growth", growth, -0.99, 10, () -> rate(statements, year, "revenue")),
                given(
                        "--cost-growth",
                        costGrowth,
                        -0.99,
                        10,
                        () -> rate(statements, year, "costs")),
                Money.ofUsd(given("--capex", capex, 0, 1e14, () -> capex(year))),
                life,
                Money.ofUsd(given("--cluster", cluster, 0, 1e14, this::clusterOfPlan)),
                NumberOption.read("--subsidised", subsidised, 0, 1),
                NumberOption.read("--queries", queries, 0, 1e15),
                new AdvertRevenue(
                        NumberOption.read("--impressions", impressions, 0, 1_000),
                        NumberOption.read("--fill", fill, 0, 1),
                        NumberOption.read("--cpm", cpm, 0, 1e6),
                        NumberOption.read("--query-cost", queryCost, 0, 1e6)),
                NumberOption.read("--tax", tax, 0, 1));
    }

    private double given(
            String option,
            @Nullable String text,
            double low,
            double high,
            Supplier<Double> otherwise) {
        if (text != null) {
            return NumberOption.read(option, text, low, high);
        }
        double value = otherwise.get();
        defaults.add(new DefaultUsed(option, Cells.text(value), "as of " + base + ", or the plan"));
        return value;
    }

    private double rate(Statements statements, IncomeStatement<FullYear> year, String what) {
        return statements.growth(company, year.period()).stream()
                .filter(g -> g.latest().what().equals(what))
                .mapToDouble(Growth::rate)
                .findFirst()
                .orElseThrow(() -> missing("growth of " + what));
    }

    private double capex(IncomeStatement<FullYear> year) {
        return year.capex().orElseThrow(() -> missing("capex")).money().toDouble();
    }

    private RuntimeException missing(String what) {
        return usage("the statement of %s FY %d has no %s".formatted(company, base, what));
    }

    /** A year of the whole cluster, worked or not. */
    private double clusterOfPlan() {
        if (!hasPlan()) {
            return 0;
        }
        Plan plan = plan();
        double installed = plan.power().machines().working() + plan.power().machines().idle();
        return plan.money().hour().installedUsd() * installed * CapitalCost.HOURS_PER_YEAR;
    }

    private void reported(Answer answer, Statements statements) {
        Grid grid =
                answer.grid("reported", "As reported, US$ m")
                        .text("period", "period")
                        .number("revenue", "revenue")
                        .number("costs", "costs")
                        .number("capex", "capex")
                        .number("operating_margin", "operating margin")
                        .number("advertising_share", "adverts in revenue")
                        .number("per_person_usd", "US$ a person")
                        .text("grade", "grade")
                        .text("source", "source");
        statements.all().stream()
                .filter(report -> report.statement().company().equalsIgnoreCase(company))
                .forEach(report -> reported(grid, report));
    }

    private static <P extends Period<P>> void reported(Grid grid, Report<P> report) {
        IncomeStatement<P> year = report.statement();
        grid.row(
                year.period().toString(),
                millions(Optional.of(year.revenue())),
                millions(year.costs()),
                millions(year.capex()),
                year.operatingMargin().<Object>map(m -> m).orElse(""),
                year.advertisingShare().<Object>map(s -> s).orElse(""),
                report.perPerson().<Object>map(p -> p.money().toDouble()).orElse(""),
                year.revenue().grade().toString(),
                year.revenue().source());
    }

    private static <P extends Period<P>> Object millions(Optional<Figure<P>> figure) {
        return figure.<Object>map(f -> f.money().toDouble() / 1e6).orElse("");
    }

    private void growth(Answer answer, Statements statements) {
        Grid grid =
                answer.grid("growth", "Growth over the same part of the year before")
                        .text("what", "what")
                        .text("period", "period")
                        .number("rate", "growth");
        for (Report<?> report : statements.all()) {
            if (report.statement().company().equalsIgnoreCase(company)) {
                growth(grid, statements, report);
            }
        }
    }

    private static <P extends Period<P>> void growth(
            Grid grid, Statements statements, Report<P> report) {
        IncomeStatement<P> year = report.statement();
        boolean before =
                statements.all().stream()
                        .map(Report::statement)
                        .filter(other -> other.company().equals(year.company()))
                        .anyMatch(other -> other.period().equals(year.period().yearBefore()));
        if (before) {
            for (Growth<P> growth : statements.growth(year.company(), year.period())) {
                grid.row(growth.latest().what(), year.period().toString(), growth.rate());
            }
        }
    }

    private void scenario(Answer answer, Scenario scenario) {
        Grid grid =
                answer.grid("years", "Years to come, US$ m")
                        .text("period", "year")
                        .number("revenue", "revenue")
                        .number("costs", "costs")
                        .number("depreciation", "depreciation")
                        .number("operating_income", "operating income")
                        .number("operating_margin", "margin")
                        .number("free_cash_flow", "free cash flow, about");
        for (Scenario.Year year : scenario.years(years)) {
            grid.row(
                    year.period().toString(),
                    year.revenue().toDouble() / 1e6,
                    year.costs().toDouble() / 1e6,
                    year.depreciation().toDouble() / 1e6,
                    year.operatingIncome().toDouble() / 1e6,
                    year.operatingMargin(),
                    year.freeCashFlow().toDouble() / 1e6);
        }
    }

    private static List<Term> clusterShare(
            Answer answer, IncomeStatement<FullYear> year, Scenario scenario) {
        ClusterShare share =
                new ClusterShare(
                        0,
                        1,
                        scenario.clusterPerYear().toDouble(),
                        year.revenue().money().toDouble());
        answer.figure(
                        "cluster",
                        "the cluster, a year",
                        share.usdPerYear() / 1e6,
                        "MUSD",
                        Grade.ASSUMED)
                .figure(
                        "cluster_share",
                        "the cluster over the revenue of " + year.period(),
                        share.share(),
                        "",
                        Grade.ASSUMED);
        return share.terms();
    }
}
