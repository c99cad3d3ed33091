package dev.livefeed;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.InstanceofCheck;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.junit.LocationProvider;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import dev.livefeed.protocol.codec.EventVisitor;
import dev.livefeed.protocol.model.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The directions of {@code doc/ARCHITECTURE.md}: what each part may depend on, without exceptions. */
@AnalyzeClasses(locations = ArchitectureTest.Output.class)
class ArchitectureTest {

    /** Every class compiled from src/main, whatever its package. */
    static final class Output implements LocationProvider {

        @Override
        public Set<Location> get(Class<?> test) {
            return Set.of(
                    Location.of(Main.class.getProtectionDomain().getCodeSource().getLocation()));
        }
    }

    static final int MAX_FILES = 30;

    private static final Path SOURCES = Path.of("src/main/java");

    /** Where the application looks for its texts: no venue is named there either. */
    private static final List<Path> TEXTS =
            List.of(SOURCES, Path.of("src/main/resources"), Path.of("routes"), Path.of("application.properties"));

    /** Connectors and their parts that belong to no venue. */
    private static final Set<String> WITHOUT_A_VENUE =
            Set.of("sdk", "session", "feed", "history", "instrument", "replay", "stub");

    /** Words of a venue's interface that are no part of its name. */
    private static final String INTERFACES = "/v5/|instruments-info|retCode|retMsg|X-Bapi";

    /**
     * Where VENUE, a name of a venue, may stand: in the product's name, environment variables and the guide, settings,
     * names of data sources and log lines, the entries of data sources, and the variables of other programs.
     */
    private static final String ALLOWED = "bybit-live-connector|Bybit Live Connector"
            + "|(?-i:\\b[A-Z_]+\\(\"\\w+\", \"VENUE\")|Keys[. ]VENUE\\b"
            + "|VENUE_[a-z_*]+|\"VENUE(\\.[a-z]+)+\""
            + "|simulator\\.venue = VENUE"
            + "|\\(BINANCE\\|CAMEL\\|HTTPS\\)_|BINANCE_\\(";

    /**
     * Each part, and the other parts of the project that it may use. A new part must be added here; packages within a
     * part follow its rule.
     */
    private static final Map<String, List<String>> PARTS = Map.ofEntries(
            Map.entry("dev.livefeed.naming", List.of()),
            Map.entry("dev.livefeed.logging", List.of()),
            Map.entry("dev.livefeed.tls", List.of()),
            Map.entry("dev.livefeed.protocol.model", List.of()),
            Map.entry("dev.livefeed.protocol.status", List.of("protocol.model")),
            Map.entry("dev.livefeed.protocol.codec", List.of("protocol.model", "protocol.status")),
            Map.entry("dev.livefeed.book", List.of("protocol")),
            Map.entry("dev.livefeed.connector..", List.of("protocol", "book", "naming", "logging")),
            Map.entry("dev.livefeed.exchange..", List.of("protocol", "book", "naming", "logging")),
            Map.entry("dev.livefeed.terminal", List.of("naming", "tls")),
            Map.entry("dev.livefeed.terminal.screen", List.of("naming")),
            Map.entry("dev.livefeed.terminal.top", List.of("naming", "terminal")),
            Map.entry(
                    "dev.livefeed.app",
                    List.of("protocol", "book", "naming", "logging", "connector", "exchange", "terminal")),
            Map.entry("dev.livefeed.app.*..", List.of("protocol", "book", "naming", "logging", "tls")));

    /**
     * The packages of the large parts, one layer per line: a package may only use packages of its part in earlier
     * lines. Settings follow strategies, because they are read into the types of market and strategies.
     */
    private static final String LAYERS =
            """
            exchange.wire
            exchange.market
            exchange.stream
            exchange.rest
            exchange.account exchange.fault
            exchange.binance.market
            exchange.binance.stream
            exchange.binance.rest
            exchange.binance
            exchange.control
            exchange.engine
            exchange.net
            exchange

            connector.sdk.command connector.sdk.output
            connector.sdk
            connector.sdk.settings
            connector.session.access
            connector.session
            connector.feed
            connector.feed.start connector.feed.stream
            connector.feed.connection connector.feed.book connector.feed.trade
            connector.instrument connector.history
            connector.bybit.site connector.binance.venue
            connector.replay connector.stub connector.bybit.topic connector.bybit.account connector.binance.stream
            connector.bybit.context connector.binance.trade
            connector.bybit.book connector.bybit.trade connector.bybit.instrument
            connector.bybit.ticker connector.bybit.history connector.bybit.connection connector.bybit.notice
            connector.binance.book connector.binance.ticker connector.binance.connection connector.binance.history
            connector.binance.instrument
            connector.bybit connector.binance
            connector

            app.state app.queue app.feed app.market.exact app.tracing app.login
            app.market.profile app.sink app.tracing.sdk
            app.sink.file app.sink.http
            app.sink.client app.sink.questdb app.sink.redis app.sink.sql
            app.market
            app.paper app.history
            app.backfill
            app.strategy
            app.settings
            app.process
            app.process.standby
            app.conformance
            app.health
            app.stream
            app.metrics
            app.api.access
            app.api.contract
            app.api.response.recording
            app.api.response
            app.api.response.history app.api.response.strategy app.api.response.control
            app.api.control
            app.api
            app.api.state
            app.route.bean app.route.convert app.route.library app.route.sample app.route.simple
            app.route.outcome
            app.route.reload
            app.route
            app.route.http.stream
            app.route.exec app.route.health app.route.http app.route.queue app.route.sink app.route.strategy
            app.route.timer
            app.route.source
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

    /** What connectors are built from; each other package below connector is a connector. */
    private static final Set<String> CONNECTOR_BASE = Set.of("sdk", "session", "feed", "instrument", "history");

    private static final Pattern CONNECTOR = Pattern.compile("dev\\.livefeed\\.connector\\.([a-z0-9]+)(\\..*)?");

    @ArchTest
    static void connectorsDoNotKnowEachOther(JavaClasses all) {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass type : all) {
            String own = connector(type);
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                String used = connector(dependency.getTargetClass());
                if (own != null && used != null && !used.equals(own)) {
                    wrong.add("connector " + own + " must not use connector " + used + ": "
                            + dependency.getDescription());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** The connector that a class belongs to, or null. */
    private static String connector(JavaClass type) {
        Matcher place = CONNECTOR.matcher(type.getBaseComponentType().getPackageName());
        return place.matches() && !CONNECTOR_BASE.contains(place.group(1)) ? place.group(1) : null;
    }

    /** The start of the jar is its entry class alone, and prepares the libraries before the program is loaded. */
    @ArchTest
    static final ArchRule theRootPackageOnlyStartsTheProgram = classes()
            .that()
            .resideInAPackage("dev.livefeed")
            .should()
            .haveFullyQualifiedName("dev.livefeed.Main")
            .orShould()
            .haveFullyQualifiedName("dev.livefeed.package-info")
            .andShould()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "dev.livefeed", "dev.livefeed.app", "dev.livefeed.app.route.library");

    private static final String[] JACKSON = {"com.fasterxml.jackson.core..", "com.fasterxml.jackson.databind.."};

    /** The libraries of the parts that work without a framework, besides the JDK. */
    private static final Map<String, List<String>> LIBRARIES = Map.of(
            "dev.livefeed.protocol.model..", List.of(),
            "dev.livefeed.protocol.status..", List.of(),
            "dev.livefeed.protocol.codec..", List.of(JACKSON),
            "dev.livefeed.book..", List.of(),
            "dev.livefeed.app.market..", List.of("com.fasterxml.jackson.annotation..", JACKSON[1], "org.slf4j"),
            "dev.livefeed.app.paper..",
                    List.of("com.fasterxml.jackson.annotation..", JACKSON[0], JACKSON[1], "org.slf4j"),
            "dev.livefeed.app.strategy..", List.of(),
            "dev.livefeed.connector..", List.of(JACKSON[0], JACKSON[1], "io.netty..", "org.slf4j..", "picocli"));

    private static final List<String> JDK = List.of("java..", "javax.crypto..", "javax.net.ssl..");

    @ArchTest
    static void partsWithoutAFrameworkUseOnlyTheirLibraries(JavaClasses all) {
        LIBRARIES.keySet().forEach(part -> libraries(part).check(all));
    }

    static ArchRule libraries(String part) {
        return classes()
                .that()
                .resideInAPackage(part)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(Stream.of(List.of("dev.livefeed.."), JDK, LIBRARIES.get(part))
                        .flatMap(List::stream)
                        .toArray(String[]::new))
                .because(part + " works without any other library");
    }

    private static final Map<String, String> CONNECTOR_LIBRARIES = Map.of(
            "io.netty..", "dev.livefeed.connector.session..",
            "picocli..", "dev.livefeed.connector",
            "com.fasterxml.jackson.databind..", "dev.livefeed.connector.bybit..");

    /** A library that one place of the connectors uses stays there. */
    @ArchTest
    static void librariesOfConnectorsHaveOnePlace(JavaClasses all) {
        CONNECTOR_LIBRARIES.forEach((library, place) -> noClasses()
                .that()
                .resideInAPackage("dev.livefeed.connector..")
                .and()
                .resideOutsideOfPackage(place)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(all));
    }

    @ArchTest
    static void everyPartUsesOnlyWhatItMay(JavaClasses all) {
        PARTS.keySet().forEach(part -> everyPartUsesOnlyWhatItMay(part).check(all));
    }

    static ArchRule everyPartUsesOnlyWhatItMay(String part) {
        Stream<String> own = part.startsWith("dev.livefeed.app")
                ? Stream.of("dev.livefeed.app..")
                : Stream.of(part.replace("..", "") + "..");
        String[] allowed = Stream.concat(own, PARTS.get(part).stream().map(other -> "dev.livefeed." + other + ".."))
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(part)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(allowed).or(not(resideInAnyPackage("dev.livefeed.."))))
                .because("each part knows only what comes before it");
    }

    @ArchTest
    static void everyClassIsInAKnownPackage(JavaClasses all) {
        String[] known = Stream.of(
                        Stream.of("dev.livefeed"),
                        PARTS.keySet().stream().filter(part -> !part.endsWith("..")),
                        LAYERS.lines()
                                .flatMap(line -> Stream.of(line.split(" ")))
                                .filter(name -> !name.isEmpty())
                                .map(name -> "dev.livefeed." + name))
                .flatMap(names -> names)
                .toArray(String[]::new);
        classes()
                .should()
                .resideInAnyPackage(known)
                .because("a package must be added to PARTS or LAYERS")
                .check(all);
    }

    /** A class that named one of them would find another class of that name, without the libraries. */
    @ArchTest
    static final ArchRule clientsOfSinksAreLoadedByName = noClasses()
            .that()
            .resideOutsideOfPackage("dev.livefeed.app.sink.client")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.livefeed.app.sink.client");

    @ArchTest
    static final ArchRule tracingIsLoadedByName = noClasses()
            .that()
            .resideOutsideOfPackage("dev.livefeed.app.tracing.sdk")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.livefeed.app.tracing.sdk", "io.opentelemetry..");

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

    /** A nested type is a part of its class, so several classes may have a {@code Builder}; none has another's name. */
    @ArchTest
    static void noNestedTypeHasTheNameOfAFile(JavaClasses all) {
        Set<String> files = all.stream()
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getSimpleName)
                .collect(Collectors.toSet());
        assertThat(all.stream()
                        .filter(type -> type.isMemberClass() && files.contains(type.getSimpleName()))
                        .map(JavaClass::getName))
                .isEmpty();
    }

    /** The compiler asks each visitor about a new case; this asks for the case of a new class of events. */
    @ArchTest
    static void everyEventHasACaseInTheVisitor(JavaClasses all) {
        Set<JavaClass> cases =
                all.get(EventVisitor.class).getMethod("visit", Event.class).getInstanceofChecks().stream()
                        .map(InstanceofCheck::getRawType)
                        .collect(Collectors.toSet());
        assertThat(all.get(EventVisitor.class).getMethods().stream()
                        .filter(method -> !method.getName().equals("visit"))
                        .map(method -> method.getRawParameterTypes().get(0)))
                .containsExactlyInAnyOrderElementsOf(cases);
        assertThat(all.stream()
                        .filter(type -> type.isAssignableTo(Event.class) && !type.isInterface())
                        .filter(type -> cases.stream().noneMatch(one -> type.isAssignableTo(one.getFullName()))))
                .isEmpty();
    }

    @ArchTest
    static void packagesAreSmallAndDescribed(JavaClasses all) throws IOException {
        assertThat(packageSizes(all, SOURCES))
                .hasSizeGreaterThan(30)
                .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MAX_FILES));
    }

    static Map<String, Long> packageSizes(JavaClasses all, Path sources) throws IOException {
        Map<String, Long> files = new TreeMap<>();
        for (JavaPackage folder : all.getDefaultPackage().getSubpackagesInTree()) {
            Path path = sources.resolve(folder.getName().replace('.', '/'));
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
        return files;
    }

    /**
     * Venues are known to connectors and the local exchange. Elsewhere, also in routes and resources, a venue's name
     * may stand in the product's name, in its settings and their comments, in the names of data sources, and in the
     * names of log lines that operators search for.
     */
    @ArchTest
    static void venuesAreKnownToConnectorsAndTheExchangeOnly(JavaClasses all) throws IOException {
        assertThat(venues(all)).contains("bybit");
        assertThat(namedVenues(venues(all), TEXTS)).isEmpty();
    }

    /** The connectors by the names of their packages, without those that belong to no venue. */
    static Set<String> venues(JavaClasses all) {
        return all.getPackage("dev.livefeed.connector").getSubpackages().stream()
                .map(JavaPackage::getRelativeName)
                .filter(name -> !WITHOUT_A_VENUE.contains(name))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The lines that name a venue in files or folders. */
    static List<String> namedVenues(Set<String> venues, List<Path> roots) throws IOException {
        String names = "(" + String.join("|", venues) + ")";
        Pattern venue = Pattern.compile(names + "|" + INTERFACES, Pattern.CASE_INSENSITIVE);
        Pattern allowed = Pattern.compile(ALLOWED.replace("VENUE", names), Pattern.CASE_INSENSITIVE);
        List<String> named = new ArrayList<>();
        for (Path root : roots) {
            Path parts = root.resolve("dev/livefeed");
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file : files.filter(Files::isRegularFile)
                        .filter(path -> !path.startsWith(parts.resolve("connector"))
                                && !path.startsWith(parts.resolve("exchange")))
                        .toList()) {
                    if (venue.matcher(file.getFileName().toString()).find()) {
                        named.add(file.toString());
                    }
                    for (String line : lines(file, names)) {
                        if (venue.matcher(allowed.matcher(line).replaceAll("")).find()) {
                            named.add(file + ": " + line.strip());
                        }
                    }
                }
            }
        }
        return named;
    }

    /** The lines of a file; of one with properties, without a venue's settings and the comments before them. */
    private static List<String> lines(Path file, String venues) throws IOException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        if (file.toString().endsWith(".properties")) {
            text = text.replaceAll("(?m)(^#.*\n)*^" + venues + "(\\.[a-z]+)+ =.*\n", "");
        }
        return text.lines().toList();
    }
}
