package dev.altiplano.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rules of the house: which module may see which. */
final class ArchitectureTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.altiplano");

    @Test
    void theCoreDependsOnTheJdkAlone() {
        classes()
                .that()
                .resideInAnyPackage(
                        "dev.altiplano.compute..",
                        "dev.altiplano.model..",
                        "dev.altiplano.engine..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.altiplano.compute..",
                        "dev.altiplano.model..",
                        "dev.altiplano.engine..",
                        "java..",
                        "jdk.incubator.vector..",
                        "org.jspecify.annotations..")
                .check(CLASSES);
    }

    @Test
    void thePlannerDependsOnTheJdkAndItsFileReader() {
        classes()
                .that()
                .resideInAPackage("dev.altiplano.planner..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "dev.altiplano.planner..",
                        "java..",
                        "org.snakeyaml.engine..",
                        "org.jspecify.annotations..")
                .check(CLASSES);
    }

    @Test
    void thePlannersFileReaderIsUsedInOnePackage() {
        noClasses()
                .that()
                .resideInAPackage("dev.altiplano.planner..")
                .and()
                .resideOutsideOfPackage("dev.altiplano.planner.file")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.snakeyaml.engine..")
                .check(CLASSES);
    }

    @ParameterizedTest(name = "{0} does not know what is above it")
    @CsvSource({"compute,model", "model,engine", "engine,server", "planner,server", "server,cli"})
    void dependenciesGoDownOnly(String below, String above) {
        noClasses()
                .that()
                .resideInAPackage("dev.altiplano." + below + "..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.altiplano." + above + "..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("dev.altiplano.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void theVectorModuleIsUsedInOnePackage() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.altiplano.compute")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jdk.incubator.vector..")
                .check(CLASSES);
    }
}
