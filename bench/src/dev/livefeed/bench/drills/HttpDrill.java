package dev.livefeed.bench.drills;

import dev.livefeed.bench.ProcFigures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Abuse of the HTTP port, while a probe asks {@code /live} and a client reads the stream. */
final class HttpDrill implements Drill {

    private static final int RATE = 2_000;
    private static final int SECONDS = 6;
    private static final double LIVE_MILLIS = 100;
    private static final double AGE_MILLIS = 50;
    /** On a busy machine: as often as before the abuse. */
    private static final double SLOWER = 3;

    private static final int MORE_MIB = 150;
    private static final Duration CALM = Duration.ofSeconds(30);
    private static final String HOST = "Host: localhost\r\n";

    /** Connections that do one thing. */
    private record Abuse(String what, int connections, byte[] bytes) {

        Abuse(String what, int connections, String text) {
            this(what, connections, text.getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    private static final List<Abuse> ABUSES = List.of(
            new Abuse("idle connections", 300, ""),
            new Abuse("half a header", 200, "GET /live HTTP/1.1\r\nHost: loc"),
            new Abuse(
                    "half a body",
                    100,
                    "POST /strategy/orders HTTP/1.1\r\n" + HOST
                            + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"side\""),
            new Abuse(
                    "20,000 pipelined requests each, nothing is read",
                    10,
                    ("GET /ws/health HTTP/1.1\r\n" + HOST + "\r\n").repeat(20_000)),
            new Abuse(
                    "2,000 pipelined /observe/metrics each, nothing is read",
                    50,
                    ("GET /observe/metrics HTTP/1.1\r\n" + HOST + "\r\n").repeat(2_000)),
            new Abuse(
                    "a body announced as 100 MB",
                    4,
                    "POST /strategy/orders HTTP/1.1\r\n" + HOST
                            + "Content-Type: application/json\r\nContent-Length: 100000000\r\n\r\n"
                            + "x".repeat(20_000_000)));

    @Override
    public String name() {
        return "http";
    }

    @Override
    public List<Row> run(DrillSetup setup) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (Program program =
                new Program(setup, name()).feed(setup.steady(RATE)).start()) {
            program.awaitState("live");
            try (StreamReader reader = new StreamReader(program.port());
                    LiveProbe probe = new LiveProbe(program.port())) {
                program.await("trades at the client", () -> reader.trades() > RATE);
                TimeUnit.SECONDS.sleep(SECONDS);
                probe.answers().clear();
                reader.ages().clear();
                TimeUnit.SECONDS.sleep(SECONDS);
                double live = Math.max(LIVE_MILLIS, SLOWER * probe.answers().quantile(0.99));
                double age = Math.max(AGE_MILLIS, SLOWER * reader.ages().quantile(0.99));
                String before = "/live " + probe.answers() + ", stream " + reader.ages();
                rows.add(Row.of(name(), "no abuse, for comparison", 1, 1, "", before));
                for (Abuse abuse : ABUSES) {
                    rows.add(abuse(setup, program, abuse, reader, probe, live, age));
                }
                rows.add(forms(program));
                rows.add(Row.of(
                        name(),
                        "trades of the client that reads",
                        reader.trades() + reader.missing(),
                        reader.trades(),
                        reader.closed(),
                        reader.announced() + " announced as lost to this client"));
            }
        }
        return rows;
    }

    private Row abuse(
            DrillSetup setup,
            Program program,
            Abuse abuse,
            StreamReader reader,
            LiveProbe probe,
            double liveLimit,
            double ageLimit)
            throws IOException, InterruptedException {
        Findings findings = new Findings();
        long failures = probe.failures();
        long resident = ProcFigures.residentKib(program.pid()) / 1024;
        long descriptors = ProcFigures.descriptors(program.pid());
        probe.answers().clear();
        reader.ages().clear();
        int opened;
        try (RawClients clients = new RawClients(program.port()).open(abuse.connections())) {
            clients.send(abuse.bytes());
            TimeUnit.SECONDS.sleep(setup.scaled(SECONDS, SECONDS));
            opened = clients.opened();
        }
        long during = ProcFigures.residentKib(program.pid()) / 1024;
        findings.check(
                probe.answers().quantile(0.99) <= liveLimit, String.format("p99 of /live above %.0f ms", liveLimit));
        findings.check(
                reader.ages().quantile(0.99) <= ageLimit,
                String.format("p99 of the age of trades in the stream above %.0f ms", ageLimit));
        findings.check(
                probe.failures() == failures, probe.failures() - failures + " requests of /live without an answer");
        findings.check(during <= resident + MORE_MIB, "memory grew from " + resident + " to " + during + " MiB");
        findings.check(
                Await.met(Duration.ofSeconds(15), 100, () -> ProcFigures.descriptors(program.pid()) <= descriptors + 5),
                "descriptors of closed connections stay open");
        boolean calm = Await.met(CALM, 100, () -> LiveProbe.millis(program.port()) <= liveLimit);
        findings.check(calm, "/live is slow " + CALM.toSeconds() + " s after the clients have left");
        // What still waits in buffers belongs to this abuse.
        TimeUnit.SECONDS.sleep(2);
        return Row.of(
                name(),
                abuse.what(),
                abuse.connections(),
                findings.toString().isEmpty() ? abuse.connections() : 0,
                findings.toString(),
                opened + " accepted, /live " + probe.answers() + ", stream " + reader.ages() + ", resident " + resident
                        + " to " + during + " MiB");
    }

    private Row forms(Program program) {
        List<String[]> forms = List.of(
                new String[] {"421", "GET /price HTTP/1.1\r\nHost: evil.example\r\n\r\n"},
                new String[] {"421", "GET /price HTTP/1.1\r\nHost: localhost.evil.example\r\n\r\n"},
                new String[] {"400", "GET /price HTTP/1.1\r\n\r\n"},
                new String[] {"403", order("Origin: http://evil.example\r\nContent-Length: 2\r\n\r\n{}")},
                new String[] {"403", order("Sec-Fetch-Site: cross-site\r\nContent-Length: 2\r\n\r\n{}")},
                new String[] {
                    "400",
                    order("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /live HTTP/1.1\r\n\r\n")
                },
                new String[] {"400", order("Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}abc")},
                new String[] {"400", order("Content-Length: -1\r\n\r\n{}")},
                new String[] {"431", "GET /live HTTP/1.1\r\n" + HOST + "X: " + "x".repeat(100_000) + "\r\n\r\n"},
                new String[] {"414", "GET /live?" + "x".repeat(100_000) + " HTTP/1.1\r\n" + HOST + "\r\n"});
        Findings findings = new Findings();
        int survived = 0;
        for (String[] form : forms) {
            try (RawClients client = new RawClients(program.port()).open(1).send(form[1])) {
                String line = client.firstLines().get(0);
                String request = form[1].substring(0, Math.min(110, form[1].length()));
                survived += findings.check(
                                line.matches("HTTP/1\\.[01] " + form[0] + " .*"),
                                "\"" + line + "\" instead of " + form[0] + " for " + request)
                        ? 1
                        : 0;
            }
        }
        return Row.of(
                name(),
                "foreign Host and Origin, ambiguous lengths, too long",
                forms.size(),
                survived,
                findings.toString(),
                "");
    }

    private static String order(String rest) {
        return "POST /strategy/orders HTTP/1.1\r\n" + HOST + "Content-Type: application/json\r\n" + rest;
    }
}
