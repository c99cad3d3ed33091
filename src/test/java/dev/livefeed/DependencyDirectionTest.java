package dev.livefeed;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** One direction: what is upstream does not know what is downstream, and the processes share the event types only. */
@AnalyzeClasses(packages = "dev.livefeed", importOptions = ImportOption.DoNotIncludeTests.class)
class DependencyDirectionTest {

    private static final String[] APPLICATION = {
        "dev.livefeed.app..",
        "dev.livefeed.process..",
        "dev.livefeed.market..",
        "dev.livefeed.web..",
        "dev.livefeed.route..",
        "dev.livefeed.queue..",
        "dev.livefeed.settings.."
    };

    @ArchTest
    static final ArchRule eventKnowsNothingOfTheProject = noClasses()
            .that()
            .resideInAPackage("dev.livefeed.event..")
            .should()
            .dependOnClassesThat(
                    com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage("dev.livefeed..")
                            .and(com.tngtech.archunit.base.DescribedPredicate.not(
                                    com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage(
                                            "dev.livefeed.event.."))));

    @ArchTest
    static final ArchRule bookKnowsEventsOnly = noClasses()
            .that()
            .resideInAPackage("dev.livefeed.book..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(join("dev.livefeed.connector..", "dev.livefeed.exchange..", "org.apache.camel.."));

    @ArchTest
    static final ArchRule processKnowsEventsOnly = noClasses()
            .that()
            .resideInAPackage("dev.livefeed.process..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.livefeed.app..",
                    "dev.livefeed.book..",
                    "dev.livefeed.market..",
                    "dev.livefeed.web..",
                    "dev.livefeed.route..",
                    "dev.livefeed.settings..",
                    "dev.livefeed.connector..",
                    "dev.livefeed.exchange..",
                    "org.apache.camel..");

    @ArchTest
    static final ArchRule marketKnowsEventsAndBooks = noClasses()
            .that()
            .resideInAPackage("dev.livefeed.market..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.livefeed.app..",
                    "dev.livefeed.process..",
                    "dev.livefeed.web..",
                    "dev.livefeed.route..",
                    "dev.livefeed.settings..",
                    "dev.livefeed.connector..",
                    "dev.livefeed.exchange..",
                    "org.apache.camel..");

    @ArchTest
    static final ArchRule queuesKnowEventsOnly = noClasses()
            .that()
            .resideInAPackage("dev.livefeed.queue..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.livefeed.app..",
                    "dev.livefeed.process..",
                    "dev.livefeed.market..",
                    "dev.livefeed.web..",
                    "dev.livefeed.route..",
                    "dev.livefeed.settings..",
                    "dev.livefeed.connector..",
                    "dev.livefeed.exchange..",
                    "org.apache.camel..");

    @ArchTest
    static final ArchRule webKnowsNeitherCamelNorRoutes = noClasses()
            .that()
            .resideInAPackage("dev.livefeed.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.livefeed.app..",
                    "dev.livefeed.route..",
                    "dev.livefeed.connector..",
                    "dev.livefeed.exchange..",
                    "org.apache.camel..");

    @ArchTest
    static final ArchRule settingsKnowValuesAndNoRunningPart = noClasses()
            .that()
            .resideInAPackage("dev.livefeed.settings..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.livefeed.app..",
                    "dev.livefeed.process..",
                    "dev.livefeed.web..",
                    "dev.livefeed.route..",
                    "dev.livefeed.connector..",
                    "dev.livefeed.exchange..",
                    "org.apache.camel..");

    @ArchTest
    static final ArchRule connectorsKnowNeitherCamelNorTheApplication = noClasses()
            .that()
            .resideInAPackage("dev.livefeed.connector..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(join("org.apache.camel..", "dev.livefeed.exchange.."));

    @ArchTest
    static final ArchRule theExchangeKnowsNeitherCamelNorConnectorsNorTheApplication = noClasses()
            .that()
            .resideInAPackage("dev.livefeed.exchange..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(join("org.apache.camel..", "dev.livefeed.connector.."));

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("dev.livefeed.(*)..").should().beFreeOfCycles();

    private static String[] join(String... more) {
        String[] all = java.util.Arrays.copyOf(APPLICATION, APPLICATION.length + more.length);
        System.arraycopy(more, 0, all, APPLICATION.length, more.length);
        return all;
    }
}
