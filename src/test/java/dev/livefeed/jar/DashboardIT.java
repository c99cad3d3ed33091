package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The packed jar serves the dashboard; src/test/web looks at it in a browser. */
@ExtendWith(JarExtension.class)
class DashboardIT {

    private static final Pattern REFERENCE =
            Pattern.compile("(?:from |import |href=|src=)\"((?:/web/|\\.\\.?/)[^\"#]*)\"");
    private static final String HTML = "Accept: text/html,application/xhtml+xml,*/*;q=0.8";

    @BeforeAll
    static void start(Jar jar) throws Exception {
        jar.start();
        jar.awaitTrades(1);
    }

    @Test
    void browsersGetThePage(Jar jar) throws Exception {
        for (String path : List.of("/", "/index.html")) {
            RawHttp answer = get(jar, path, HTML);

            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.head())
                    .containsIgnoringCase("\r\nContent-Type: text/html; charset=utf-8")
                    .containsIgnoringCase("\r\nCache-Control: no-cache")
                    .doesNotContainIgnoringCase("no-store")
                    .containsIgnoringCase("\r\nX-Content-Type-Options: nosniff")
                    .containsIgnoringCase("\r\nReferrer-Policy: no-referrer")
                    .containsIgnoringCase("\r\nContent-Security-Policy: default-src 'none'; script-src 'self';")
                    .doesNotContain("unsafe-", "http://", "https://");
            assertThat(answer.body()).contains("<!doctype html>").doesNotContain("<style", "style=\"", "onclick");
        }
    }

    /** Every file that the page needs comes from the jar, whatever module imports it. */
    @Test
    void everyFileOfThePageIsServed(Jar jar) throws Exception {
        Deque<String> open = new ArrayDeque<>(List.of("/index.html"));
        Set<String> seen = new LinkedHashSet<>(open);
        List<String> missing = new ArrayList<>();
        while (!open.isEmpty()) {
            String path = open.remove();
            RawHttp answer = get(jar, path);
            if (answer.status() != 200) {
                missing.add(path);
            }
            if (path.startsWith("/web/lib/")) {
                continue;
            }
            Matcher reference = REFERENCE.matcher(answer.body());
            while (reference.find()) {
                String found = URI.create(path).resolve(reference.group(1)).toString();
                if (seen.add(found)) {
                    open.add(found);
                }
            }
        }

        assertThat(missing).isEmpty();
        assertThat(seen)
                .contains("/web/app.js", "/web/lib/lightweight-charts.js", "/web/style/base.css")
                .hasSizeGreaterThan(25);
        assertThat(get(jar, "/web/app.js").head()).containsIgnoringCase("\r\nContent-Type: text/javascript");
        assertThat(get(jar, "/web/lib/htm.d.ts").status()).isEqualTo(404);
    }

    @Test
    void aFileThatABrowserHasIsNotSentAgain(Jar jar) throws Exception {
        RawHttp first = get(jar, "/web/app.js", "Accept-Encoding: gzip");
        assertThat(first.head())
                .containsIgnoringCase("\r\nContent-Encoding: gzip")
                .containsIgnoringCase("\r\nVary: ");
        Matcher etag = Pattern.compile("(?i)\r\netag: (\"[^\"]+\")").matcher(first.head());
        assertThat(etag.find()).isTrue();

        RawHttp second = get(jar, "/web/app.js", "Accept-Encoding: gzip", "If-None-Match: " + etag.group(1));
        RawHttp plain = get(jar, "/web/app.js", "If-None-Match: " + etag.group(1));

        assertThat(second.status()).isEqualTo(304);
        assertThat(second.body()).isEmpty();
        assertThat(plain.status()).isEqualTo(200);
        assertThat(plain.body()).contains("import ");
    }

    @Test
    void otherRequestsAreRefusedAsOnOtherPaths(Jar jar) throws Exception {
        HttpAccessIT.assertRefused(404, "path /web/nosuch.js is unknown", get(jar, "/web/nosuch.js"));
        HttpAccessIT.assertRefused(404, "path ", get(jar, "/web/..%2fapplication.properties"));
        HttpAccessIT.assertRefused(404, "path ", get(jar, "/web/../application.properties"));
        HttpAccessIT.assertRefused(
                405,
                "the method is POST for /index.html",
                RawHttp.send(jar.port(), "", "POST /index.html HTTP/1.1", "Host: localhost", "Connection: close"));
        HttpAccessIT.assertRefused(
                421,
                "the Host is ",
                RawHttp.send(jar.port(), "", "GET / HTTP/1.1", "Host: evil.example", HTML, "Connection: close"));
    }

    private static RawHttp get(Jar jar, String path, String... headers) throws Exception {
        List<String> lines =
                new ArrayList<>(List.of("GET " + path + " HTTP/1.1", "Host: localhost", "Connection: close"));
        lines.addAll(List.of(headers));
        return RawHttp.send(jar.port(), "", lines.toArray(String[]::new));
    }
}
