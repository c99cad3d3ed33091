package dev.livefeed.sinks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.livefeed.sinks.Application.PathLag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
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
        assertThat(application.logLines("^\\s+at ")).as("stack traces").isEmpty();
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
            server.process().signal("STOP");
            TimeUnit.MILLISECONDS.sleep(400);
            server.process().signal("CONT");
            server.disturb();
            TimeUnit.MILLISECONDS.sleep(100);
        }
        assertThat(check().announced()).isZero();
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

    @Test
    void fullBufferIsAnnouncedAsAGap() throws Exception {
        application.with("SINK_BUFFER_MB", 1).start(RATE);
        application.await("losses", SOON, sink -> field(sink, "lost") >= RATE);
        server.process().start();
        application.await("the end of the backlog", SOON, CAUGHT_UP);
        awaitMore("delivered", RATE);
        assertThat(check().announced()).isPositive();
    }
}
