package dev.livefeed.app.login;

import dev.livefeed.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Any content of a file of tokens is used or refused, and so is any Authorization. */
class TokenFuzzTest {

    private final AtomicLong millis = new AtomicLong();
    private final AccessTokens known = AccessTokens.parse("desk read sha256:" + "9f86d081".repeat(8), "HTTP_TOKENS");
    private final HttpLogin login = new HttpLogin(new TokenStore(null, AccessTokens.NONE, known), millis::get);

    @Test
    void tokens() throws Exception {
        new Fuzz("tokens").run(bytes -> {
            String text = new String(bytes, StandardCharsets.UTF_8);
            millis.addAndGet(60_000);
            login.check(new LoginRequest("GET", "/ws/health", List.of(text), null, "192.0.2.1"));
            login.check(new LoginRequest("GET", "/ws/health", List.of(), text, "192.0.2.1"));
            login.check(new LoginRequest("GET", "/ws/health", List.of("Bearer " + text), null, "192.0.2.1"));
            try {
                AccessTokens.parse(text, "tokens");
                return null;
            } catch (IllegalArgumentException e) {
                return e.getMessage();
            }
        });
    }
}
