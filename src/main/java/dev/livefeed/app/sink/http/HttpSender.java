package dev.livefeed.app.sink.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Sends requests over HTTP/1.1 and waits for their answers for a limited time. An answer is known by its status: a body
 * that does not end is cut off. Redirects are not followed.
 */
public final class HttpSender {

    /**
     * An answer.
     *
     * @param text beginning of the body, on one line
     */
    public record Answer(int status, HttpHeaders headers, String text) {

        public boolean confirms() {
            return status / 100 == 2;
        }

        /** Status and text, for failures. */
        public String told() {
            return text.isEmpty() ? Integer.toString(status) : status + ": " + text;
        }
    }

    private final Duration connect;
    private final Duration most;
    private final String authorization;
    private HttpClient client;

    /**
     * @param connect how long a connection may take
     * @param most how long an answer may take
     * @param authorization value of that header, or null
     */
    public HttpSender(Duration connect, Duration most, String authorization) {
        this.connect = connect;
        this.most = most;
        this.authorization = authorization;
    }

    /** The header of a login or, if it is not empty, a token; null without either. */
    public static String authorization(String user, String password, String token) {
        if (!token.isEmpty()) {
            return "Bearer " + token;
        }
        return user.isEmpty()
                ? null
                : "Basic "
                        + Base64.getEncoder().encodeToString((user + ':' + password).getBytes(StandardCharsets.UTF_8));
    }

    /** @throws IOException if there is no answer */
    public Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(connect)
                    .build();
        }
        if (authorization != null) {
            request.setHeader("Authorization", authorization);
        }
        AtomicReference<ResponseInfo> begun = new AtomicReference<>();
        CompletableFuture<HttpResponse<String>> sent = client.sendAsync(request.build(), head -> {
            begun.set(head);
            return new FirstText();
        });
        try {
            HttpResponse<String> answer = sent.get(most.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(answer.statusCode(), answer.headers(), answer.body());
        } catch (InterruptedException e) {
            sent.cancel(true);
            throw e;
        } catch (TimeoutException | ExecutionException e) {
            sent.cancel(true);
            ResponseInfo head = begun.get();
            if (head == null) {
                throw failed(e);
            }
            return new Answer(head.statusCode(), head.headers(), "(the rest of the answer did not come)");
        }
    }

    /** Not with the cause, of which alone the message would be shown. */
    private IOException failed(Exception failure) {
        if (failure instanceof TimeoutException) {
            return new IOException("no answer within " + most.toSeconds() + " s");
        }
        Throwable why = failure.getCause();
        while (why.getMessage() == null && why.getCause() != null) {
            why = why.getCause();
        }
        String reason = why.getMessage() == null ? "the connection ended" : why.getMessage();
        if (failure.getCause() instanceof ConnectException) {
            reason = why.getMessage() == null ? "no connection" : "no connection: " + reason;
        }
        IOException failed = new IOException(reason);
        failed.addSuppressed(failure);
        return failed;
    }
}
