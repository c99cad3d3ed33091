package dev.livefeed.app.sink.questdb;

import dev.livefeed.app.sink.LineBatch;
import dev.livefeed.app.sink.RefusedLines;
import dev.livefeed.app.sink.SinkBuffers;
import dev.livefeed.app.sink.http.HttpSender;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Writes lines to tables of QuestDB over HTTP, each batch in one request, which the server takes whole or not at all.
 * Lines that come again replace themselves. Not for several threads at a time.
 */
public final class QuestDbTables implements RefusedLines.Target {

    private static final String CREATE = "/routes/sinks/questdb.tables.sql";
    private static final Pattern STATEMENT_END = Pattern.compile("(?m)^;$");
    private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);
    /** Without its tables the server would create other ones, for columns as it guesses them. */
    private static final long TABLES_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final int BAD_REQUEST = 400;

    /** An answer that is not a success. */
    private static final class Refusal extends IOException {

        private final int status;

        private Refusal(HttpSender.Answer answer) {
            super("QuestDB answers " + answer.told());
            status = answer.status();
        }
    }

    /** A line that has no form as a row. */
    private static final class NoRow extends IOException {

        private NoRow(IOException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final String venue;
    private final String url;
    private final HttpSender sender;
    private final RefusedLines refused;
    private boolean tablesKnown;
    private long tablesAt;

    /**
     * @param venue that of all lines, which do not contain it
     * @param authorization value of that header, or null
     */
    public QuestDbTables(String venue, String url, String authorization, SinkBuffers buffers) {
        this.venue = venue;
        this.url = url.replaceAll("/+$", "");
        sender = new HttpSender(CONNECT, ANSWER, authorization);
        refused = new RefusedLines(buffers);
    }

    /**
     * Writes all lines. A line that the server refuses for good is kept in the table {@code refused}.
     *
     * @throws IOException if the lines must be written again
     */
    public synchronized void append(LineBatch lines) throws Exception {
        try {
            if (!tablesKnown || System.nanoTime() - tablesAt > TABLES_NANOS) {
                createTables();
            }
            refused.write(lines, this);
        } catch (Exception e) {
            tablesKnown = false;
            throw e;
        }
    }

    @Override
    public void write(LineBatch lines) throws IOException, InterruptedException {
        QuestDbRows rows = new QuestDbRows(venue);
        for (int i = 0; i < lines.size(); i++) {
            try {
                rows.add(lines, i);
            } catch (IOException e) {
                throw new NoRow(e);
            }
        }
        post(rows);
    }

    private void post(QuestDbRows rows) throws IOException, InterruptedException {
        send(request("/write?precision=u").POST(BodyPublishers.ofByteArray(rows.bytes())));
    }

    @Override
    public boolean isRefusal(Exception failure) {
        return failure instanceof NoRow || failure instanceof Refusal answer && answer.status == BAD_REQUEST;
    }

    @Override
    public boolean setAside(LineBatch line, String reason) throws IOException, InterruptedException {
        QuestDbRows rows = new QuestDbRows(venue);
        rows.refused(line, 0, reason);
        post(rows);
        return true;
    }

    @Override
    public String place() {
        return "the table refused";
    }

    private void createTables() throws IOException, InterruptedException {
        for (String statement : statements()) {
            send(request("/exec?query=" + URLEncoder.encode(statement, StandardCharsets.UTF_8))
                    .GET());
        }
        tablesKnown = true;
        tablesAt = System.nanoTime();
    }

    /** The statements that create the tables. */
    static List<String> statements() {
        try (InputStream in = QuestDbTables.class.getResourceAsStream(CREATE)) {
            String all = COMMENT.matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .replaceAll("");
            return Arrays.stream(STATEMENT_END.split(all))
                    .map(String::strip)
                    .filter(statement -> !statement.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url + path));
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpSender.Answer answer = sender.send(request);
        if (!answer.confirms()) {
            throw new Refusal(answer);
        }
    }
}
