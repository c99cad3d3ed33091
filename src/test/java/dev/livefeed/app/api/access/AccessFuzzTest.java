package dev.livefeed.app.api.access;

import dev.livefeed.fuzz.Fuzz;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Any values of the headers that are looked at are accepted or refused. */
class AccessFuzzTest {

    private final HostRule hosts = new HostRule(List.of("feed.example"));
    private final OriginRule origins = new OriginRule(List.of("https://app.example"), List.of(), hosts);
    private final AccessRule rule = new AccessRule(hosts, origins);

    @Test
    void headers() throws Exception {
        new Fuzz("headers").run(bytes -> {
            String[] lines = new String(bytes, StandardCharsets.ISO_8859_1).split("\n", 7);
            AccessRefusal refused = rule.refusal(new AccessRequest(
                    "POST",
                    line(lines, 4),
                    List.of(line(lines, 0)),
                    "127.0.0.1",
                    List.of(line(lines, 1)),
                    List.of(line(lines, 5)),
                    List.of(line(lines, 3)),
                    true));
            String onStream = origins.refusal(line(lines, 1), line(lines, 0));
            return refused != null ? refused.reason() : onStream;
        });
    }

    private static String line(String[] lines, int index) {
        return index < lines.length ? lines[index] : "";
    }
}
