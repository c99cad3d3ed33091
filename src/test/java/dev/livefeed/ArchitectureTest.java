package dev.livefeed;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The directions of {@code doc/ARCHITECTURE.md}: what each part may depend on, without exceptions. */
@AnalyzeClasses(packages = "dev.livefeed", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final int MAX_FILES = 30;

    private static final Pattern VENUE = Pattern.compile("bybit|/v5/|retCode|retMsg|X-Bapi", Pattern.CASE_INSENSITIVE);

    /** The product, settings, the names of data sources and their connectors, log lines. */
    private static final Pattern ALLOWED = Pattern.compile("bybit-live-connector|Bybit Live Connector"
            + "|BYBIT_[A-Z_]+|\"bybit(\\.[a-z]+)+\"|BYBIT\\(\"bybit_connector\", \"bybit\""
            + "|SIMULATOR\\(\"simulator\", \"bybit\""
            + "|\"bybit_connector_[a-z_]+ ");

    /** Each part, and the other parts of the project that it may use. A new part must be added here; packages within a part follow its rule. */
    private static final Map<String, List<String>> PARTS = Map.ofEntries(
            Map.entry("dev.livefeed", List.of("app", "connector", "exchange", "logging")),
            Map.entry("dev.livefeed.naming..", List.of()),
            Map.entry("dev.livefeed.logging..", List.of()),
            Map.entry("dev.livefeed.protocol.model", List.of()),
            Map.entry("dev.livefeed.protocol.status", List.of("protocol.model")),
            Map.entry("dev.livefeed.protocol.codec", List.of("protocol.model", "protocol.status")),
            Map.entry("dev.livefeed.book", List.of("protocol")),
            Map.entry("dev.livefeed.connector..", List.of("protocol", "book", "naming", "logging")),
            Map.entry("dev.livefeed.exchange..", List.of("protocol", "book", "naming", "logging")),
            Map.entry("dev.livefeed.app", List.of("protocol", "book", "naming", "logging", "connector", "exchange")),
            Map.entry("dev.livefeed.app.*..", List.of("protocol", "book", "naming", "logging")));

    /**
     * The packages of the large parts, one layer per line: a package may only use packages of its part in earlier
     * lines. Settings follow strategies, because they are read into the types of market and strategies.
     */
    private static final String LAYERS =
            """
            exchange.wire
            exchange.venue
            exchange.stream
            exchange.rest
            exchange.account exchange.fault
            exchange.control
            exchange.engine
            exchange.net
            exchange

            connector.sdk.command connector.sdk.output
            connector.sdk
            connector.sdk.settings
            connector.session.access
            connector.session
            connector.bybit.venue
            connector.replay connector.stub connector.bybit.topic connector.bybit.account
            connector.bybit.context
            connector.bybit.book connector.bybit.trade connector.bybit.instrument
            connector.bybit.ticker connector.bybit.history connector.bybit.connection connector.bybit.notice
            connector.bybit
            connector

            app.state app.queue app.feed app.market.exact
            app.market.profile app.sink
            app.market
            app.paper app.backfill
            app.strategy
            app.settings
            app.process
            app.health
            app.stream
            app.api.access
            app.api.contract
            app.api.response
            app.api.response.strategy
            app.api
            app.route.convert app.route.library app.route.sample app.route.simple
            app.route.reload
            app.route
            app.route.exec app.route.health app.route.http app.route.queue app.route.sink app.route.strategy
            app
            """;

    private static final Pattern LAYERED = Pattern.compile("dev\\.livefeed\\.((app|connector|exchange)(\\..*)?)");

    @ArchTest
    static void everyPackageUsesOnlyEarlierLayers(JavaClasses all) {
        Map<String, Integer> layers = new HashMap<>();
        List<String> lines = LAYERS.lines().toList();
        for (String line : lines) {
            for (String name : line.split(" ")) {
                layers.put(name, lines.indexOf(line));
            }
        }
        layers.remove("");
        Set<String> found = new TreeSet<>();
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : all) {
            Matcher own = LAYERED.matcher(type.getPackageName());
            if (!own.matches()) {
                continue;
            }
            found.add(own.group(1));
            if (!layers.containsKey(own.group(1))) {
                wrong.add("package " + own.group(1) + " is in no layer; add it to ArchitectureTest.LAYERS");
                continue;
            }
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                Matcher used = LAYERED.matcher(
                        dependency.getTargetClass().getBaseComponentType().getPackageName());
                if (used.matches()
                        && used.group(2).equals(own.group(2))
                        && !used.group(1).equals(own.group(1))
                        && layers.getOrDefault(used.group(1), -1) >= layers.get(own.group(1))) {
                    wrong.add(own.group(1) + " must not use " + used.group(1) + ", which is not in an earlier layer: "
                            + dependency.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(found).containsExactlyInAnyOrderElementsOf(layers.keySet());
    }

    @ArchTest
    static void connectorsDoNotKnowEachOther(JavaClasses all) {
        List<String> connectors = List.of("bybit", "replay", "stub");
        for (String connector : connectors) {
            noClasses()
                    .that()
                    .resideInAPackage("dev.livefeed.connector." + connector + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(connectors.stream()
                            .filter(other -> !other.equals(connector))
                            .map(other -> "dev.livefeed.connector." + other + "..")
                            .toArray(String[]::new))
                    .check(all);
        }
    }

    @ArchTest
    static void everyPartUsesOnlyWhatItMay(JavaClasses all) {
        PARTS.forEach((part, others) -> {
            Stream<String> own = part.startsWith("dev.livefeed.app")
                    ? Stream.of("dev.livefeed.app..")
                    : Stream.of(part, part.replace("..", "") + "..");
            String[] allowed = Stream.concat(own, others.stream().map(other -> "dev.livefeed." + other + ".."))
                    .toArray(String[]::new);
            classes()
                    .that()
                    .resideInAPackage(part)
                    .should()
                    .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(not(resideInAnyPackage("dev.livefeed.."))))
                    .because("each part knows only what comes before it")
                    .check(all);
        });
    }

    @ArchTest
    static void theDocumentNamesThePartsThatUseNoCommonPackage(JavaClasses all) throws IOException {
        assertThat(Files.readString(Path.of("doc/ARCHITECTURE.md")))
                .contains("Every part except `protocol` and `book` may use\n`naming` and `logging`.");
        Set<String> without = new TreeSet<>(PARTS.keySet());
        without.removeIf(part -> part.matches("dev.livefeed(.(naming|logging).*)?")
                || PARTS.get(part).contains("naming"));
        assertThat(without)
                .containsExactly(
                        "dev.livefeed.book",
                        "dev.livefeed.protocol.codec",
                        "dev.livefeed.protocol.model",
                        "dev.livefeed.protocol.status");
    }

    @ArchTest
    static void everyClassBelongsToAPart(JavaClasses all) {
        classes()
                .should()
                .resideInAnyPackage(PARTS.keySet().toArray(String[]::new))
                .check(all);
    }

    @ArchTest
    static final ArchRule camelIsKnownToTheRoutesAndTheEntryPointOnly = noClasses()
            .that()
            .resideOutsideOfPackages("dev.livefeed.app", "dev.livefeed.app.route..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.camel..");

    @ArchTest
    static final ArchRule theEntryPointIsKnownToNothingElse = noClasses()
            .that()
            .resideOutsideOfPackages("dev.livefeed", "dev.livefeed.app")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.livefeed", "dev.livefeed.app");

    /** Each package for itself, not each with the packages below it. */
    @ArchTest
    static final ArchRule noCyclesBetweenPackages = SlicesRuleDefinition.slices()
            .assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    return SliceIdentifier.of(type.getPackageName());
                }

                @Override
                public String getDescription() {
                    return "packages";
                }
            })
            .should()
            .beFreeOfCycles();

    @ArchTest
    static void noTwoFilesHaveTheSameName(JavaClasses all) {
        Map<String, Set<String>> packages = new TreeMap<>();
        all.stream()
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
                .forEach(type -> packages.computeIfAbsent(type.getSimpleName(), name -> new TreeSet<>())
                        .add(type.getPackageName()));
        packages.values().removeIf(places -> places.size() == 1);
        assertThat(packages).isEmpty();
    }

    @ArchTest
    static void packagesAreSmallAndDescribed(JavaClasses all) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        for (JavaPackage folder : all.getDefaultPackage().getSubpackagesInTree()) {
            Path path = Path.of("src/main/java", folder.getName().split("\\."));
            if (folder.getClasses().isEmpty() || !Files.isDirectory(path)) {
                continue;
            }
            try (Stream<Path> list = Files.list(path)) {
                files.put(
                        folder.getName(),
                        list.filter(file -> file.toString().endsWith(".java")).count());
            }
            assertThat(path.resolve("package-info.java")).exists();
        }
        assertThat(files)
                .hasSizeGreaterThan(30)
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MAX_FILES));
    }

    /**
     * Venues are known to connectors and the local exchange. Elsewhere a venue's name may stand in the product's name,
     * in the names of settings and data sources, and in the names of log lines that operators search for.
     */
    @ArchTest
    static void venuesAreKnownToConnectorsAndTheExchangeOnly(JavaClasses all) throws IOException {
        List<String> named = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java/dev/livefeed"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                    .filter(path -> !path.startsWith("src/main/java/dev/livefeed/connector")
                            && !path.startsWith("src/main/java/dev/livefeed/exchange"))
                    .toList()) {
                if (VENUE.matcher(file.getFileName().toString()).find()) {
                    named.add(file.toString());
                }
                for (String line : Files.readAllLines(file)) {
                    if (VENUE.matcher(ALLOWED.matcher(line).replaceAll("")).find()) {
                        named.add(file + ": " + line.strip());
                    }
                }
            }
        }
        assertThat(named).isEmpty();
    }
}
