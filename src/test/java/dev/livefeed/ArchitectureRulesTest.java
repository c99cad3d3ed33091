package dev.livefeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each rule of {@link ArchitectureTest} finds a class that breaks it. */
class ArchitectureRulesTest {

    /** Each line is a class: package, name, and a type that it uses. */
    private static final String BREACHES =
            """
            com.foo Elsewhere java.lang.String
            dev.livefeed Peek dev.livefeed.book.OrderBook
            dev.livefeed.app Entry java.lang.String
            dev.livefeed.app.extra Unknown java.lang.String
            dev.livefeed.app.market Early dev.livefeed.app.paper.Fill
            dev.livefeed.app.market Slip io.vertx.core.Vertx
            dev.livefeed.app.paper Counted io.micrometer.core.instrument.Counter
            dev.livefeed.app.strategy Logged org.slf4j.Logger
            dev.livefeed.app.settings Backwards dev.livefeed.app.Entry
            dev.livefeed.book Slip com.fasterxml.jackson.databind.JsonNode
            dev.livefeed.book Upwards dev.livefeed.app.market.Early
            dev.livefeed.protocol.model Parsed com.fasterxml.jackson.core.JsonParser
            dev.livefeed.protocol.status Routed org.apache.camel.Exchange
            dev.livefeed.protocol.codec Wired io.netty.buffer.ByteBuf
            dev.livefeed.connector.kraken Feed dev.livefeed.connector.bybit.topic.Borrowed
            dev.livefeed.connector.kraken Socket io.netty.channel.Channel
            dev.livefeed.connector.bybit.topic Borrowed org.apache.camel.Exchange
            dev.livefeed.naming Round dev.livefeed.logging.Trip
            dev.livefeed.logging Trip dev.livefeed.naming.Round
            """;

    @TempDir
    private static Path folder;

    private static Path sources;
    private static JavaClasses classes;

    @BeforeAll
    static void compile() throws IOException {
        sources = folder.resolve("src");
        Path output = folder.resolve("classes");
        List<String> arguments = new ArrayList<>(List.of(
                "-proc:none", "-nowarn", "-d", output.toString(), "-cp", System.getProperty("java.class.path")));
        for (String line : BREACHES.lines().toList()) {
            String[] breach = line.split(" ");
            Path file = sources.resolve(breach[0].replace('.', '/')).resolve(breach[1] + ".java");
            Files.createDirectories(file.getParent());
            Files.writeString(
                    file, "package " + breach[0] + ";\npublic class " + breach[1] + " { " + breach[2] + " used; }\n");
            arguments.add(file.toString());
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).isZero();
        classes = new ClassFileImporter().importPath(output);
    }

    private static void finds(Consumer<JavaClasses> rule, String... breaches) {
        assertThatThrownBy(() -> rule.accept(classes))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(breaches);
    }

    private static void finds(ArchRule rule, String... breaches) {
        finds(rule::check, breaches);
    }

    @Test
    void aClassOutsideOfTheKnownPackages() {
        finds(ArchitectureTest::everyClassIsInAKnownPackage, "com.foo.Elsewhere", "dev.livefeed.app.extra.Unknown");
        finds(ArchitectureTest::everyClassIsInAKnownPackage, "dev.livefeed.connector.kraken.Feed");
    }

    @Test
    void aSecondClassInTheRootPackageAndWhatItUses() {
        finds(ArchitectureTest.theRootPackageOnlyStartsTheProgram, "dev.livefeed.Peek", "dev.livefeed.book.OrderBook");
    }

    @Test
    void aPackageThatUsesALaterLayer() {
        finds(ArchitectureTest::everyPackageUsesOnlyEarlierLayers, "app.market must not use app.paper");
    }

    @Test
    void aNewConnectorThatUsesAnotherConnector() {
        finds(ArchitectureTest::connectorsDoNotKnowEachOther, "connector kraken must not use connector bybit");
    }

    @Test
    void aPartThatUsesALaterPart() {
        finds(ArchitectureTest::everyPartUsesOnlyWhatItMay, "dev.livefeed");
        finds(ArchitectureTest.everyPartUsesOnlyWhatItMay("dev.livefeed.book"), "dev.livefeed.book.Upwards");
    }

    @Test
    void aLibraryInAPartThatWorksWithoutIt() {
        library("protocol.model..", "protocol.model.Parsed");
        library("protocol.status..", "protocol.status.Routed");
        library("protocol.codec..", "protocol.codec.Wired");
        library("book..", "book.Slip");
        library("app.market..", "app.market.Slip");
        library("app.paper..", "app.paper.Counted");
        library("app.strategy..", "app.strategy.Logged");
        library("connector..", "connector.bybit.topic.Borrowed");
        finds(ArchitectureTest::partsWithoutAFrameworkUseOnlyTheirLibraries, "works without any other library");
    }

    private static void library(String part, String breach) {
        finds(ArchitectureTest.libraries("dev.livefeed." + part), "dev.livefeed." + breach);
    }

    @Test
    void aLibraryOfTheSessionInAConnector() {
        finds(ArchitectureTest::librariesOfConnectorsHaveOnePlace, "dev.livefeed.connector.kraken.Socket");
    }

    @Test
    void camelOutsideOfTheRoutes() {
        finds(
                ArchitectureTest.camelIsKnownToTheRoutesAndTheEntryPointOnly,
                "dev.livefeed.protocol.status.Routed",
                "dev.livefeed.connector.bybit.topic.Borrowed");
    }

    @Test
    void aClassThatUsesTheEntryPoint() {
        finds(ArchitectureTest.theEntryPointIsKnownToNothingElse, "dev.livefeed.app.settings.Backwards");
    }

    @Test
    void aCycleBetweenPackages() {
        finds(ArchitectureTest.noCyclesBetweenPackages, "dev.livefeed.naming", "dev.livefeed.logging");
    }

    @Test
    void twoFilesWithOneName() {
        finds(ArchitectureTest::noTwoFilesHaveTheSameName, "Slip", "dev.livefeed.app.market", "dev.livefeed.book");
    }

    @Test
    void aPackageWithoutADescription() {
        assertThatThrownBy(() -> ArchitectureTest.packageSizes(classes, sources))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("package-info.java");
    }

    @Test
    void aPackageWithManyFiles(@TempDir Path place) throws IOException {
        Path crowded = Files.createDirectories(place.resolve("com/foo"));
        Files.createFile(crowded.resolve("package-info.java"));
        for (int i = 0; i < ArchitectureTest.MAX_FILES; i++) {
            Files.createFile(crowded.resolve("File" + i + ".java"));
        }

        assertThat(ArchitectureTest.packageSizes(classes, place))
                .containsEntry("com.foo", ArchitectureTest.MAX_FILES + 1L);
    }

    @Test
    void theNameOfAVenue(@TempDir Path place) throws IOException {
        Path source = Files.createDirectories(place.resolve("com/foo")).resolve("Named.java");
        Path route = place.resolve("mine.camel.yaml");
        Path settings = place.resolve("application.properties");
        Files.writeString(source, "String path = \"instruments-info\";\nString key = \"bybit.depth\";");
        Files.writeString(route, "# BYBIT_DEPTH levels\n# from Binance's candles\n");
        Files.writeString(
                settings,
                "# Hosts instead of Bybit's own\nbybit.host =\n# binance_ws or replay\ndata.source =\n"
                        + "# from Bybit's candles\ncontext.backfill = off\n");

        assertThat(ArchitectureTest.venues(classes)).containsExactly("bybit", "kraken");
        assertThat(ArchitectureTest.namedVenues(Set.of("binance", "bybit"), List.of(place)))
                .containsExactlyInAnyOrder(
                        source + ": String path = \"instruments-info\";",
                        route + ": # from Binance's candles",
                        settings + ": # from Bybit's candles");
        assertThat(ArchitectureTest.namedVenues(Set.of("bybit"), List.of(route)))
                .isEmpty();
    }
}
