package dev.altiplano.cli.plan;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code altiplano plan}: a training run on paper, and every figure checked. */
@Command(
        name = "plan",
        mixinStandardHelpOptions = true,
        description = "Plans, simulates and prices the training of a model, and checks claims.",
        synopsisSubcommandLabel = "VERB",
        commandListHeading = "%nVerbs:%n",
        subcommands = {
            FlopsVerb.class,
            MemoryVerb.class,
            StepVerb.class,
            SearchVerb.class,
            GoodputVerb.class,
            SimulateVerb.class,
            FleetVerb.class,
            PowerVerb.class,
            SiteVerb.class,
            RegionVerb.class,
            CostVerb.class,
            ServeVerb.class,
            PnlVerb.class,
            CheckVerb.class,
            EmitVerb.class,
            ReportVerb.class,
            CatalogVerb.class,
            SchemaVerb.class,
            CalibrateVerb.class,
            ValidateVerb.class,
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:fine",
            "1:a check failed",
            "2:bad usage or bad input: the message says what to mend",
            "3:infeasible: the message names the constraint that binds",
            "4:a defect of ours: please report it",
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  altiplano plan search plan.yaml",
            "  altiplano plan flops --set model=llama-3.1-405b --set training.tokens=15.6T"
                    + " --set cluster.accelerator=h100-sxm --set cluster.gpus=16384",
            "  altiplano plan validate",
        })
public final class PlanCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "expected a verb, one of " + String.join(", ", spec.subcommands().keySet()));
    }
}
