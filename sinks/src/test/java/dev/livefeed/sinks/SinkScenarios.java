package dev.livefeed.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.sinks.Application.PathLag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;

/** What every sink goes through on a real server without losing, repeating or reordering an event. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SinkScenarios {

    /** Events a second. */
    private static final int RATE = Integer.getInteger("rate", 2_000);
    /** Seconds that the server is down. */
    private static final int OUTAGE = Integer.getInteger("outage", 5);
    /** Seconds that the server is slow. */
    private static final int SLOW = Integer.getInteger("slow", 3);

    /** Of the time between receipt and routes: below it, the machine's noise counts more than the sink. */
    private static final double NOISE_MILLIS = 10;

    private static final double MOST_LATER = 4;
    private static final long SOON = 60;

    /** Compiled once, within seconds: otherwise the code of the sink makes one JVM slower for minutes. */
    private static final String QUICK = "-XX:TieredStopAtLevel=1";

    private static final String LONG_LINE =
            """
            - route:
                id: long
                from:
                  uri: timer:long
                  parameters: {repeatCount: 1, delay: 3000}
                  steps:
                    - setHeader: {name: type, constant: trade}
                    - setBody: {constant: "resource:file:long.json"}
                    - convertBodyTo: {type: String}
                    - to: buffer:sinks
            """;

    /** What sinks report of a certificate that they do not trust, or that is of another host. */
    private static final String CERTIFICATE = "(?i)certificat|PKIX|SSL|No name matching|hostname";

    /** Seconds after which every client has reported a failure. */
    private static final int PATIENCE = 15;

    /** Longer with the backlog: at least as many events a second are delivered as the feed makes. */
    private static final long DRAINED = 60 + 2L * OUTAGE;

    private static final Predicate<JsonNode> EMPTY = sink ->
            sink.path("waiting").asLong(-1) == 0 && sink.path("delivered").asLong() > 0;

    /** While the feed goes on, a sink waits for the events of its next batch. */
    private static final Predicate<JsonNode> CAUGHT_UP =
            sink -> field(sink, "waiting") < RATE && field(sink, "delivered") > 0;

    private String name;
    Path installed;
    SinkServer server;
    Application application;
    /** Events that the feed has made in the last run. */
    private long made;

    /** A server that was not started, with an empty folder for its data. */
    abstract SinkServer server(Path folder) throws Exception;

    /** The same with a login and TLS. */
    abstract SecureServer secure(Path folder, TlsFiles tls) throws Exception;

    @BeforeAll
    void install() throws Exception {
        name = getClass().getSimpleName();
        installed = Folders.empty(name, "application");
        try (SinkServer any = server(Folders.empty(name, "install"))) {
            new Application(installed, any).install();
        }
    }

    @BeforeEach
    void create(TestInfo test) throws Exception {
        Folders.delete(installed.resolve("data"));
        server = server(Folders.empty(name, test.getTestMethod().orElseThrow().getName()));
        application = new Application(installed, server);
    }

    @AfterEach
    void close() throws Exception {
        application.close();
        server.close();
    }

    private static long field(JsonNode sink, String field) {
        return sink.path(field).asLong();
    }

    void awaitMore(String field, long more) throws Exception {
        long before = field(application.sink(), field);
        application.await(more + " more " + field, SOON, sink -> field(sink, field) >= before + more);
    }

    /** Ends feed and application, and compares what the server has with what the feed has made. */
    DeliveryCheck check() throws Exception {
        List<String> last = application.endOfFeed();
        made = 0;
        for (String line : last) {
            for (String number : line.split(" ")) {
                made += Long.parseLong(number) % MadeEvent.RUN;
            }
        }
        application.await(
                "the end of the feed in the buffer", SOON, sink -> field(sink, "taken") + field(sink, "lost") >= made);
        application.await("an empty buffer", DRAINED, EMPTY);
        JsonNode sink = application.sink();
        application.stop();
        DeliveryCheck check = new DeliveryCheck();
        server.read(check);
        assertThat(check.faults(last)).isEmpty();
        assertThat(check.announced()).as("lost events").isEqualTo(field(sink, "lost"));
        assertThat(application.logLines("^\\s+at |^SEVERE: |^WARNING: "))
                .as("stack traces and lines of libraries")
                .isEmpty();
        return check;
    }

    @Test
    void outageAndSlowServerLoseNothingAndDelayNoEvent() throws Exception {
        server.process().start();
        application.with("SINK_TYPES", "trade,depth").start(RATE);
        awaitMore("delivered", 2L * RATE); // the start of the JVM is over
        PathLag begin = application.pathLag();
        awaitMore("delivered", 2L * RATE);
        PathLag normal = application.pathLag();

        server.process().kill();
        TimeUnit.SECONDS.sleep(OUTAGE);
        PathLag down = application.pathLag();
        JsonNode before = application.sink();
        assertThat(field(before, "waiting")).as("backlog").isGreaterThan((long) RATE * OUTAGE / 2);
        assertThat(application.logLines(" sink_failing ").size())
                .as("lines about the outage: %s", application.logLines(" sink_failing "))
                .isBetween(OUTAGE < PATIENCE ? 0 : 1, 2 + OUTAGE / 60);
        Duration cpu = application.cpu();
        server.process().start();
        long started = System.nanoTime();
        JsonNode resumed =
                application.await("deliveries", DRAINED, sink -> field(sink, "delivered") > field(before, "delivered"));
        long resumedAt = System.nanoTime();
        JsonNode drained = application.await("the end of the backlog", DRAINED, CAUGHT_UP);
        double drainSeconds = (System.nanoTime() - resumedAt) / 1e9;
        double cpuSeconds = application.cpu().minus(cpu).toMillis() / 1e3;
        System.out.printf(
                "%s: backlog %d after %d s; first delivery %.1f s after the server's start; %.0f events/s; CPU %.1f s"
                        + " in %.1f s; receipt to routes %.2f ms, during the outage %.2f ms%n",
                server.sink(),
                field(before, "waiting"),
                OUTAGE,
                (resumedAt - started) / 1e9,
                (field(drained, "delivered") - field(resumed, "delivered")) / drainSeconds,
                cpuSeconds,
                (System.nanoTime() - started) / 1e9,
                normal.meanMillisSince(begin),
                down.meanMillisSince(normal));
        assertThat(down.meanMillisSince(normal))
                .as("milliseconds from receipt to routes during the outage")
                .isLessThan(MOST_LATER * Math.max(NOISE_MILLIS, normal.meanMillisSince(begin)));

        for (int i = 0; i < 2 * SLOW; i++) {
            pauseServer();
        }
        assertThat(check().announced()).isZero();
    }

    /** Beside an application without a sink, which has the same feed at the same time on the same machine. */
    @Test
    void theFeedIsAsFastAsWithoutTheSinkUpSlowAndDown() throws Exception {
        server.process().start();
        try (Application without = new Application(Folders.empty(name, "without"), server)) {
            without.copyJar().copyRoutes().with("SINKS", "").options(QUICK);
            application.options(QUICK);
            without.begin(RATE);
            application.begin(RATE);
            without.awaitStart();
            application.awaitStart();
            FeedLatency latency = new FeedLatency(without, application);
            latency.settle();
            latency.compare("up", () -> TimeUnit.SECONDS.sleep(2));
            long delivered = field(application.sink(), "delivered");
            latency.compare("slow", this::slowly);
            assertThat(field(application.sink(), "delivered")).isGreaterThan(delivered);
            server.process().kill();
            long waiting = field(application.sink(), "waiting");
            latency.compare("down", () -> TimeUnit.SECONDS.sleep(2));
            assertThat(field(application.sink(), "waiting") - waiting).isGreaterThan((long) RATE * FeedLatency.WINDOWS);
            System.out.printf("%s: receipt to routes without the sink and with it, %s%n", server.sink(), latency);
            assertThat(latency.slower()).as("%s", latency).isEmpty();
        }
    }

    /** For two seconds. */
    private void slowly() throws Exception {
        for (int i = 0; i < 4; i++) {
            pauseServer();
        }
    }

    /** Stops the server for four fifths of half a second. */
    private void pauseServer() throws Exception {
        server.process().signal("STOP");
        TimeUnit.MILLISECONDS.sleep(400);
        server.process().signal("CONT");
        server.disturb();
        TimeUnit.MILLISECONDS.sleep(100);
    }

    @Test
    void killOfTheApplicationWithABacklogLosesNothing() throws Exception {
        server.process().start();
        application.start(RATE);
        awaitMore("delivered", RATE);
        server.process().kill();
        awaitMore("waiting", 3L * RATE);
        long delivered = field(application.sink(), "delivered");
        server.process().start();
        JsonNode sink = application.await(
                "a part of the backlog", DRAINED, s -> field(s, "delivered") > delivered && field(s, "waiting") > 0);
        application.kill();

        application.start(RATE);
        awaitMore("delivered", RATE);
        DeliveryCheck check = check();
        assertThat(check.events()).isGreaterThanOrEqualTo(field(sink, "taken") + made);
        assertThat(check.announced()).isZero();
    }

    /** As a machine that is gone, or a network that swallows everything: connections stay open. */
    @Test
    void aServerThatAnswersNothingIsTriedAgainAndLosesNothing() throws Exception {
        server.process().start();
        application.start(RATE);
        awaitMore("delivered", RATE);
        server.process().signal("STOP");
        application.awaitFailure("");
        application.stop(); // in the middle of an attempt
        application.start(RATE);
        application.awaitFailure("");
        awaitMore("taken", RATE);
        server.process().signal("CONT");
        awaitMore("delivered", 2L * RATE);
        assertThat(check().announced()).isZero();
    }

    @Test
    void fullBufferIsAnnouncedAsAGap() throws Exception {
        application.with("SINK_BUFFER_MB", 1).start(RATE);
        application.await("losses", SOON, sink -> field(sink, "lost") >= RATE);
        server.process().start();
        application.await("the end of the backlog", SOON, CAUGHT_UP);
        awaitMore("delivered", RATE);
        assertThat(check().announced()).isPositive();
    }

    /** Those of {@code doc/SINKS.md}, with the jar alone. */
    @Test
    void theDocumentedCommandsInstallAndDeliver() throws Exception {
        server.process().start();
        application = new Application(Folders.empty(name, "documented"), server).copyJar();
        List<String> commands = Documentation.commands(server.sink());
        for (String command : commands.subList(0, commands.size() - 1)) {
            application.run(command);
        }
        String start = commands.get(commands.size() - 1);
        Set<String> documented = new HashSet<>();
        for (Map.Entry<String, String> setting : server.settings().entrySet()) {
            String given = "(?<= )" + setting.getKey() + "=\\S+";
            if (Pattern.compile(given).matcher(start).find()) {
                documented.add(setting.getKey());
                start = start.replaceAll(
                        given, Matcher.quoteReplacement(setting.getKey() + "='" + setting.getValue() + "'"));
            }
        }
        assertThat(documented).as("settings in %s", start).isNotEmpty();
        assertThat(start).startsWith("SINKS=" + server.sink() + " ");
        application.start(RATE, start);
        awaitMore("delivered", RATE);
        assertThat(check().announced()).isZero();
    }

    @Test
    void nothingIsLostUntilLoginAndCertificateAreRight() throws Exception {
        TlsFiles tls = new TlsFiles(Folders.empty(name, "tls"));
        nothingIsLostUntilAccessIsRight(secure(Folders.empty(name, "secure"), tls), tls);
    }

    /** @param secure takes the place of the server */
    void nothingIsLostUntilAccessIsRight(SecureServer secure, TlsFiles tls) throws Exception {
        server.close();
        server = secure;
        server.process().start();
        StringBuilder shown = new StringBuilder();
        long kept = 0;

        application = new Application(installed, secure).options(tls.options()).with(secure.secret(), secure.wrong());
        kept = refused(secure.loginFailure(), kept, shown);
        if (secure.hasTls()) {
            application =
                    new Application(installed, secure).with(secure.untrusted()).continued(application);
            kept = refused(CERTIFICATE, kept, shown);
            application = new Application(installed, secure)
                    .options(tls.options())
                    .with(secure.otherName())
                    .continued(application);
            kept = refused(CERTIFICATE, kept, shown);
        }
        application = new Application(installed, secure).options(tls.options()).continued(application);
        application.start(RATE);
        awaitMore("delivered", RATE);
        shown.append(application.shown());
        DeliveryCheck check = check();
        assertThat(check.events()).isGreaterThanOrEqualTo(kept + made);
        assertThat(check.announced()).isZero();
        assertThat(shown).doesNotContain(secure.secrets());
        assertThat(application.filesWith(secure.secrets())).isEmpty();
    }

    /** Starts and stops it; returns how many events wait then. */
    private long refused(String failure, long before, StringBuilder shown) throws Exception {
        application.start(500);
        application.await(
                failure,
                SOON,
                sink -> !sink.path("failing_since").isNull()
                        && Pattern.compile(failure)
                                .matcher(sink.path("last_failure").asText())
                                .find());
        application.awaitAlarm("sink " + server.sink() + " has taken nothing since ");
        shown.append(application.shown());
        assertThat(application.logLines(" sink_failing "))
                .as("lines about the failure")
                .hasSize(1);
        assertThat(field(application.sink(), "delivered")).isZero();
        application.stop();
        assertThat(application.logLines("^\\s+at |^SEVERE: |^WARNING: "))
                .as("stack traces and lines of libraries")
                .isEmpty();
        long kept = application.kept();
        assertThat(kept).isGreaterThan(before);
        return kept;
    }

    /** A line that is too long for the server is set aside, and no other one is missing. */
    void tooLong(int bytes, String reason) throws Exception {
        byte[] random = new byte[bytes / 2];
        new Random(1).nextBytes(random);
        String line =
                "{\"type\":\"trade\",\"timestamp\":1795564800000,\"symbol\":\"LONG\",\"category\":\"linear\",\"id\":\""
                        + HexFormat.of().formatHex(random) + "\"}";
        refused(line, reason);
    }

    /** The line is set aside, and all else arrives. */
    void refused(String line, String reason) throws Exception {
        Files.writeString(installed.resolve("long.json"), line);
        Path route = installed.resolve("routes/long.camel.yaml");
        Files.writeString(route, LONG_LINE);
        try {
            application.start(RATE);
            JsonNode sink = application.await("a refused line", SOON, state -> field(state, "refused") == 1);
            assertThat(sink.path("refusal").asText()).contains(reason);
            application.awaitAlarm("sink " + server.sink() + " has refused 1 events");
            awaitMore("delivered", RATE);
            assertThat(check().announced()).isZero();
            Path refused =
                    installed.resolve("data/sinks").resolve(server.sink()).resolve("refused.ndjson");
            assertThat(Files.readString(refused)).contains(escaped(reason), escaped(line));
            assertThat(Files.readAllLines(refused)).hasSize(1);
        } finally {
            Files.delete(route);
        }
    }

    /** As it is within a text of JSON. */
    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
