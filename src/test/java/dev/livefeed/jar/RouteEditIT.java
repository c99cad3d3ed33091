package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.connectors.NumberedFeed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Edits route files during a steady feed of numbered trades; no edit, valid or not, may lose a trade. */
@ExtendWith(JarExtension.class)
class RouteEditIT {

    private static final String WHOLE = " trades - .*\"id\":\"\\d+\"| trades - Trade\\[.*id=\\d+";
    private static final String SEEN = "- log: \"seen ${body.id}\"";

    private String shipped;
    private String seeing;

    @BeforeEach
    void feed(Jar jar) throws Exception {
        jar.with("LOG_LINES_PER_SECOND", "0").ownRoutes().connector(NumberedFeed.class, 200);
        shipped = Files.readString(jar.route("trades"));
        seeing = RouteEdit.appended(shipped, SEEN);
    }

    @Test
    void validEditsTakeEffectWithoutRestartOrLostTrade(Jar jar) throws Exception {
        Files.writeString(jar.route("trades"), seeing);
        jar.start();
        jar.awaitTrades(100);
        Path trades = jar.route("trades");
        long pid = jar.child().pid();

        RouteEdit.append(trades, "- log: \"${body}\"");
        jar.awaitLog(WHOLE, 500);
        assertThat(application(jar).path("reloads").asInt()).isOne();
        // A filter by price, saved in place.
        Files.writeString(
                trades,
                RouteEdit.appended(
                        seeing,
                        "- filter:\n            simple: \"${body.price} > 107\"\n"
                                + "            steps:\n              - log: \"high ${body.price}\""));
        jar.awaitLog("high 109", 5);
        assertThat(jar.log("high ").stream().map(line -> line.replaceAll(".*high ", "")))
                .containsOnly("108", "109");
        // Saved by a rename.
        RouteEdit.renameOver(trades, RouteEdit.appended(seeing, "- log: \"renamed ${body.id}\""));
        jar.awaitLog("renamed \\d+", 5);
        // Saved in two writes, the first of which ends within a word.
        String slow = RouteEdit.appended(seeing, "- log: \"slow ${body.id}\"");
        Files.writeString(trades, slow.substring(0, slow.length() / 2));
        Files.writeString(trades, slow.substring(slow.length() / 2), StandardOpenOption.APPEND);
        jar.awaitLog("slow \\d+", 5);
        // A new file, and a deleted one.
        Files.writeString(jar.route("extra"), extraRoute());
        Files.writeString(trades, RouteEdit.appended(seeing, "- to: \"direct:extra\""));
        jar.awaitLog("extra \\d+", 5);
        Files.writeString(trades, seeing);
        Files.delete(jar.route("extra"));
        jar.awaitLog("routes_reloaded .*removed=\\[extra\\]");
        // The dead-letter handling, which the other routes use.
        String deadLetters = Files.readString(jar.route("dead-letter"));
        Files.writeString(
                jar.route("dead-letter"),
                deadLetters.replace(
                        "- to:\n                uri: direct:dead-letter",
                        "- log: \"a dead one\"\n            - to:\n                uri: direct:dead-letter"));
        jar.awaitLog("routes_reloaded files=\\[.*dead-letter.*trades.camel.yaml");

        long last = endOfFeed(jar);
        assertThat(seen(jar)).isEqualTo(range(1, last));
        List<Long> logged = jar.log(WHOLE).stream()
                .map(line -> Long.parseLong(line.replaceAll(".*\\bid\"?[=:]\"?(\\d+).*", "$1")))
                .toList();
        assertThat(logged).isEqualTo(range(logged.get(0), logged.get(logged.size() - 1)));
        assertThat(Jar.trades(jar.health())).isEqualTo(last);
        assertThat(jar.json("/dead-letters")).isEmpty();
        assertThat(jar.process().path("starts").asInt()).isOne();
        assertThat(jar.child().pid()).isEqualTo(pid);
        assertThat(jar.log("route_edit_(refused|failed)")).isEmpty();
    }

    private static String extraRoute() {
        return """
                - route:
                    id: extra
                    from:
                      uri: direct:extra
                      steps:
                        - log: "extra ${body.id}"
                """;
    }

    @Test
    void invalidEditIsRejectedAndReportedAndTheRunningRouteStays(Jar jar) throws Exception {
        Files.writeString(jar.route("trades"), seeing);
        jar.start();
        jar.awaitTrades(100);
        List<String> bad = List.of(
                seeing.replace("      steps:", "      steps: ["),
                RouteEdit.appended(seeing, "- to: \"nosuch:thing\""),
                RouteEdit.appended(seeing, "- bean: {ref: noSuchBean, method: x}"),
                RouteEdit.appended(seeing, "- process: {ref: noSuchBean}"),
                RouteEdit.appended(seeing, "- to: \"log:x?noSuchOption=1\""),
                RouteEdit.appended(seeing, "- nosuchstep: {}"),
                RouteEdit.appended(seeing, "- log: \"${body.id\""),
                RouteEdit.appended(seeing, "- to: \"{{no.such.setting}}\""),
                seeing.replace("direct:trades", "direct:trade"),
                seeing.replace("routeConfigurationId: dead-letters", "routeConfigurationId: no-such-letters"),
                seeing.replace("id: trades", "id: depth"),
                seeing + seeing,
                "",
                "# nothing but a remark\n",
                seeing.substring(0, seeing.length() / 2));
        int assertRejected = 0;
        for (String text : bad) {
            Files.writeString(jar.route("trades"), text);
            assertRejected++;
            jar.awaitLog("route_edit_refused", assertRejected);
            JsonNode application = application(jar);
            assertThat(application.path("refused_edit")).as(text).isNotEmpty();
            assertThat(application.path("refused_edit").toString()).as(text).contains("trades");
            assertThat(application.path("reloads").asInt()).isZero();
            assertRejected = jar.log("route_edit_refused").size();
            long now = Jar.trades(jar.health());
            jar.awaitTrades(now + 50);
        }

        // Reverted and repeated: rejected and reported again.
        Files.writeString(jar.route("trades"), seeing);
        Jar.soon().until(() -> application(jar).path("refused_edit").isEmpty());
        Files.writeString(jar.route("trades"), bad.get(bad.size() - 1));
        Jar.soon().until(() -> !application(jar).path("refused_edit").isEmpty());

        Files.writeString(jar.route("trades"), seeing);
        Jar.soon().until(() -> application(jar).path("refused_edit").isEmpty());
        assertRequiredRoutesCannotBeDeleted(jar);

        Files.writeString(jar.route("trades"), RouteEdit.appended(seeing, "- log: \"good again ${body.id}\""));
        jar.awaitLog("good again \\d+", 5);
        assertThat(application(jar).path("refused_edit")).isEmpty();
        assertThat(application(jar).path("reloads").asInt()).isOne();

        long last = endOfFeed(jar);
        assertThat(seen(jar)).isEqualTo(range(1, last));
        assertThat(jar.json("/dead-letters")).isEmpty();
        assertThat(jar.log("route_edit_failed")).isEmpty();
    }

    private void assertRequiredRoutesCannotBeDeleted(Jar jar) throws Exception {
        Files.delete(jar.route("events"));
        jar.awaitLog("route_edit_refused .*direct:events");
        String events = Files.readString(Path.of("routes", "events.camel.yaml"));
        Files.writeString(jar.route("events"), events.replaceAll("(?m)^ *recorder:.*\\n", ""));
        jar.awaitLog("route_edit_refused events.camel.yaml:\\d+: the data format eventFormat of route events lacks"
                + " recorder: \"#eventRecorder\"");
        Files.writeString(jar.route("events"), events.replaceAll("custom:\\s+ref: eventFormat", "json: {}"));
        jar.awaitLog("route_edit_refused events.camel.yaml: no route unmarshals");
        Files.writeString(jar.route("events"), events);
        Jar.soon().until(() -> application(jar).path("refused_edit").isEmpty());
        Files.delete(jar.route("trades"));
        jar.awaitLog("route_edit_refused .*direct:trades");

        Files.writeString(jar.route("trades"), seeing);
        Jar.soon().until(() -> application(jar).path("refused_edit").isEmpty());
    }

    @Test
    @Tag("drill")
    void editedBackoffAppliesFromTheNextFailure(Jar jar) throws Exception {
        jar.start();
        jar.awaitTrades(10);
        long before = jar.child().pid();

        Path file = jar.route("connector");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("redeliveryDelay: \"{{connector.backoff.initial}}\"", "redeliveryDelay: 60000")
                        .replace(
                                "maximumRedeliveryDelay: \"{{connector.backoff.max}}\"",
                                "maximumRedeliveryDelay: 60000"));
        jar.awaitLog("routes_reloaded .*connector");
        jar.awaitHealth("another process", h -> {
            long pid = h.at("/connector/connector_health/pid").asLong(before);
            return pid > 0 && pid != before;
        });
        jar.awaitState("live");
        assertThat(jar.living()).as("the application and one connector").hasSize(2);
        jar.child().destroyForcibly();

        jar.awaitState("retrying");
        Jar.soon()
                .during(java.time.Duration.ofSeconds(2))
                .until(() -> jar.health().at("/connector/state").asText().equals("retrying"));
        jar.stop();
    }

    @Test
    void linkedFolderWorksAndItsInvalidFilesBlockNoEdit(Jar jar) throws Exception {
        Files.writeString(jar.route("trades"), seeing);
        Path real = jar.folder().resolve("deploy").resolve("real");
        Files.createDirectories(real.getParent());
        Files.move(jar.folder().resolve("routes"), real);
        Files.createSymbolicLink(jar.folder().resolve("current"), Path.of("deploy"));
        Files.createSymbolicLink(jar.folder().resolve("routes"), Path.of("current", "real"));
        assertThat(jar.run("check")).isZero();
        jar.start();
        jar.awaitTrades(100);

        Files.writeString(jar.route("deep"), "- " + "[".repeat(20_000));
        Files.writeString(jar.route("long"), "# " + "x".repeat(5_000_000));
        assertThat(new ProcessBuilder("mkfifo", jar.route("pipe").toString())
                        .start()
                        .waitFor())
                .isZero();
        jar.awaitHealth(
                "three refused", h -> h.at("/application/routes/refused_edit").size() == 3);
        Files.writeString(jar.route("trades"), RouteEdit.appended(seeing, "- log: \"good beside bad ${body.id}\""));
        jar.awaitLog("good beside bad \\d+", 5);

        JsonNode health = jar.health();
        assertThat(health.at("/application/routes/faults/0/file").asText()).isEqualTo("deep.camel.yaml");
        assertThat(health.at("/application/routes/faults/0/line").asInt()).isOne();
        assertThat(health.at("/application/routes/checked_at").isTextual()).isTrue();
        assertThat(health.at("/connector/alarms").toString())
                .contains("deep.camel.yaml", "long.camel.yaml", "pipe.camel.yaml");
        assertThat(jar.log("route_edit_refused")).hasSize(3);
        long last = endOfFeed(jar);
        assertThat(seen(jar)).isEqualTo(range(1, last));
    }

    private static JsonNode application(Jar jar) {
        return jar.health().at("/application/routes");
    }

    /** Ends the feed and waits until it is fully processed; returns the number of its last trade. */
    private static long endOfFeed(Jar jar) throws Exception {
        jar.write("enough", "");
        Jar.soon().until(() -> Files.exists(jar.folder().resolve("last")));
        long last =
                Long.parseLong(new String(Files.readAllBytes(jar.folder().resolve("last")), StandardCharsets.US_ASCII));
        jar.awaitTrades(last);
        return last;
    }

    private static List<Long> seen(Jar jar) {
        return jar.log(" - seen \\d+$").stream()
                .map(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
    }

    private static List<Long> range(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
