package dev.livefeed.app.route.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class WebFilesTest {

    private final WebFiles files = new WebFiles();

    @Test
    void aFileHasItsTypeItsContentAndAValidator() throws IOException {
        WebFiles.WebFile page = files.find("index.html");

        assertThat(page.type()).isEqualTo("text/html; charset=utf-8");
        assertThat(page.content()).isEqualTo(Files.readAllBytes(Path.of("src/main/web/index.html")));
        assertThat(page.etag()).matches("\"[0-9a-f]{32}\"");
        assertThat(files.find("view/tape.js").type()).isEqualTo("text/javascript; charset=utf-8");
        assertThat(files.find("style/base.css").type()).isEqualTo("text/css; charset=utf-8");
        assertThat(files.find("icon.svg").type()).isEqualTo("image/svg+xml");
        assertThat(files.find("view/tape.js").etag()).isNotEqualTo(page.etag());
        assertThat(files.find("index.html")).isSameAs(page);
    }

    @Test
    void theCompressedContentIsTheSame() throws IOException {
        WebFiles.WebFile file = files.find("lib/lightweight-charts.js");

        assertThat(file.gzip().length).isLessThan(file.content().length / 2);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file.gzip()))) {
            assertThat(in.readAllBytes()).isEqualTo(file.content());
        }
    }

    @Test
    void nothingElseOfTheClassPathIsServed() {
        assertThat(new String(files.find("index.html").content(), StandardCharsets.UTF_8))
                .contains("<!doctype html>");
        for (String name : List.of(
                "",
                "nosuch.js",
                "view",
                "view/",
                "../application.properties",
                "view/../../application.properties",
                "..%2fapplication.properties",
                "/index.html",
                "view//tape.js",
                "index.html ",
                "INDEX.HTML",
                "lib/libraries.exe",
                "a/b/c/d/e.js",
                "view\\tape.js",
                "x.class")) {
            assertThat(files.find(name)).as(name).isNull();
        }
    }

    @Test
    void gzipIsSentOnlyToThoseWhoTakeIt() {
        assertThat(WebFiles.acceptsGzip("gzip, deflate, br")).isTrue();
        assertThat(WebFiles.acceptsGzip("br;q=1.0, GZIP;q=0.5")).isTrue();
        assertThat(WebFiles.acceptsGzip("gzip;q=0")).isFalse();
        assertThat(WebFiles.acceptsGzip("gzip; q=0.0, br")).isFalse();
        assertThat(WebFiles.acceptsGzip("identity")).isFalse();
    }

    @Test
    void aValidatorIsCompared() {
        assertThat(WebFiles.sameEtag(null, "\"a\"")).isFalse();
        assertThat(WebFiles.sameEtag("\"b\", W/\"a\"", "\"a\"")).isTrue();
        assertThat(WebFiles.sameEtag("*", "\"a\"")).isTrue();
        assertThat(WebFiles.sameEtag("\"a-gzip\"", "\"a\"")).isFalse();
    }
}
