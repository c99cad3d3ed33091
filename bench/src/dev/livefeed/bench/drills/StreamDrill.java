package dev.livefeed.bench.drills;

import dev.livefeed.bench.ProcFigures;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Abuse of the stream, while one client reads it. */
final class StreamDrill implements Drill {

    private static final int RATE = 2_000;
    private static final int CLIENTS = 64;
    private static final int TOO_MANY = 100;
    private static final int SECONDS = 8;
    private static final double AGE_MILLIS = 50;
    private static final double SLOWER = 3;
    private static final int QUEUE_MIB = 1;
    private static final String SWITCHED = "HTTP/1.1 101";
    private static final String UPGRADE = "GET /ws/stream?channels=%s HTTP/1.1\r\nHost: localhost\r\n"
            + "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public List<Row> run(DrillSetup setup) throws Exception {
        List<Row> rows = new ArrayList<>();
        try (Program program = new Program(setup, name())
                .feed(setup.steady(RATE))
                .with("STREAM_CLIENTS", CLIENTS)
                .with("STREAM_QUEUE_KB", QUEUE_MIB * 1024)
                .with("STREAM_SLOW", "5s")
                .start()) {
            program.awaitState("live");
            try (StreamReader reader = new StreamReader(program.port())) {
                program.await("trades at the client", () -> reader.trades() > RATE);
                TimeUnit.SECONDS.sleep(SECONDS / 2);
                reader.ages().clear();
                TimeUnit.SECONDS.sleep(SECONDS / 2);
                double limit = Math.max(AGE_MILLIS, SLOWER * reader.ages().quantile(0.99));
                rows.add(Row.of(name(), "no abuse, for comparison", 1, 1, "", "stream " + reader.ages()));
                reader.ages().clear();
                rows.add(neverRead(setup, program, reader, limit));
                reader.ages().clear();
                rows.add(oddFrames(program));
                rows.add(origins(program));
                rows.add(Row.of(
                        name(),
                        "trades of the client that reads",
                        reader.trades() + reader.missing(),
                        reader.trades(),
                        reader.closed(),
                        "stream " + reader.ages()));
            }
        }
        return rows;
    }

    private Row neverRead(DrillSetup setup, Program program, StreamReader reader, double limit) throws Exception {
        Findings findings = new Findings();
        long resident = ProcFigures.residentKib(program.pid()) / 1024;
        int accepted;
        int closed;
        long during;
        try (RawClients clients =
                new RawClients(program.port()).open(TOO_MANY).send(upgrade("trades,depth") + "\r\n")) {
            List<String> answers = clients.firstLines();
            accepted =
                    (int) answers.stream().filter(a -> a.startsWith(SWITCHED)).count();
            long refused =
                    answers.stream().filter(a -> a.startsWith("HTTP/1.1 503")).count();
            findings.check(accepted == CLIENTS - 1, accepted + " accepted instead of " + (CLIENTS - 1));
            findings.check(refused == TOO_MANY - accepted, refused + " refused with 503");
            TimeUnit.SECONDS.sleep(setup.scaled(SECONDS, SECONDS));
            during = ProcFigures.residentKib(program.pid()) / 1024;
            // Those that were refused are closed too.
            Await.met(
                    Duration.ofSeconds(60),
                    200,
                    () -> program.health().at("/stream/clients").asInt() <= 1);
            closed = accepted - (program.health().at("/stream/clients").asInt() - 1);
        }
        findings.check(closed == accepted, closed + " of " + accepted + " slow clients were closed");
        // The setting is per client; frames, headers and the heap around them are not more than as much again.
        long most = 2L * CLIENTS * QUEUE_MIB;
        findings.check(during <= resident + most, "memory grew from " + resident + " to " + during + " MiB");
        double age = reader.ages().quantile(0.99);
        findings.check(age <= limit, String.format("p99 of the age of trades above %.0f ms", limit));
        return Row.of(
                name(),
                TOO_MANY + " clients that never read, with STREAM_CLIENTS=" + CLIENTS,
                TOO_MANY,
                findings.toString().isEmpty() ? TOO_MANY : 0,
                findings.toString(),
                accepted + " accepted, " + closed + " closed as slow, stream " + reader.ages() + ", resident "
                        + resident + " to " + during + " MiB");
    }

    private static String upgrade(String channels) {
        return UPGRADE.formatted(channels);
    }

    /** Each client must be closed or told its fault. */
    private Row oddFrames(Program program) {
        List<byte[]> odd = List.of(
                frame(0x81, 1L << 62, true, new byte[0]), // never comes
                frame(0x81, 100_000, true, new byte[100_000]), // longer than a message may be
                frame(0x82, 4, true, new byte[4]), // binary
                frame(0x81, 4, false, "ping".getBytes(StandardCharsets.US_ASCII)), // not masked
                frame(0x83, 4, true, new byte[4]), // reserved opcode
                frame(0xF1, 4, true, new byte[4]), // reserved bits
                frame(0x80, 4, true, new byte[4]), // continues nothing
                frame(0x89, 200, true, new byte[200]), // a ping that is too long
                frame(0x81, 2, true, new byte[] {(byte) 0xC3, 0x28}), // not UTF-8
                many(frame(0x81, 20, true, "{\"command\":\"ping\"}  ".getBytes(StandardCharsets.US_ASCII)), 2_000));
        Findings findings = new Findings();
        int survived = 0;
        for (int i = 0; i < odd.size(); i++) {
            try (RawClients client = new RawClients(program.port()).open(1).send(upgrade("status") + "\r\n")) {
                boolean joined = client.firstLines().get(0).startsWith(SWITCHED);
                client.send(odd.get(i));
                String answer = client.answerUntilEnd(5_000);
                survived += findings.check(
                                joined && (answer.isEmpty() || answer.contains("\"type\":\"error\"")),
                                "form " + i + " is neither closed nor answered by an error: " + answer)
                        ? 1
                        : 0;
            }
        }
        return Row.of(name(), "oversized and odd frames", odd.size(), survived, findings.toString(), "");
    }

    private Row origins(Program program) {
        List<String> origins = List.of("http://evil.example", "null", "file://", "http://localhost.evil.example");
        Findings findings = new Findings();
        int survived = 0;
        for (String origin : origins) {
            try (RawClients client =
                    new RawClients(program.port()).open(1).send(upgrade("status") + "Origin: " + origin + "\r\n\r\n")) {
                String line = client.firstLines().get(0);
                survived += findings.check(line.startsWith("HTTP/1.1 403"), origin + ": \"" + line + '"') ? 1 : 0;
            }
        }
        return Row.of(name(), "pages of other origins", origins.size(), survived, findings.toString(), "");
    }

    /** A WebSocket frame; the mask is zero, so that the bytes are as they are. */
    private static byte[] frame(int first, long length, boolean masked, byte[] payload) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        frame.write(first);
        int mask = masked ? 0x80 : 0;
        if (length < 126) {
            frame.write(mask | (int) length);
        } else if (length < 65_536) {
            frame.write(mask | 126);
            frame.write((int) (length >> 8));
            frame.write((int) length);
        } else {
            frame.write(mask | 127);
            frame.writeBytes(ByteBuffer.allocate(8).putLong(length).array());
        }
        if (masked) {
            frame.writeBytes(new byte[4]);
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    private static byte[] many(byte[] frame, int count) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            all.writeBytes(frame);
        }
        return all.toByteArray();
    }
}
