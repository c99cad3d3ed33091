package dev.livefeed.app.sink.questdb;

import dev.livefeed.app.sink.LineBatch;
import dev.livefeed.app.sink.RefusedLines;
import dev.livefeed.app.sink.SinkBuffers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
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
    private static final int MAX_ANSWER = 300;

    /** An answer that is not a success. */
    private static final class Refusal extends IOException {

        private final int status;

        private Refusal(int status, String body) {
            super("QuestDB answers " + status + ": "
                    + (body.length() <= MAX_ANSWER ? body : body.substring(0, MAX_ANSWER) + "…"));
            this.status = status;
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
    private final String authorization;
    private final RefusedLines refused;
    private HttpClient client;
    private boolean tablesKnown;
    private long tablesAt;

    /**
     * @param venue that of all lines, which do not contain it
     * @param user empty: no login
     */
    public QuestDbTables(String venue, String url, String user, String password, SinkBuffers buffers) {
        this.venue = venue;
        this.url = url.replaceAll("/+$", "");
        authorization = user.isEmpty()
                ? null
                : "Basic "
                        + Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
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
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(CONNECT)
                    .build();
        }
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
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(ANSWER);
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private void send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() / 100 != 2) {
            throw new Refusal(answer.statusCode(), answer.body());
        }
    }
}
