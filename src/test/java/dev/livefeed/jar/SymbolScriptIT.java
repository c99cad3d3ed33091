package dev.livefeed.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A symbol that is not written in ASCII, from the local exchange to the state file. */
@ExtendWith(JarExtension.class)
class SymbolScriptIT {

    private static final String SYMBOL = "\u5E01\u5B89\u4EBA\u751FUSDT";

    @Test
    void aSymbolInAnotherScriptIsServedLikeAnyOther(Jar jar) throws Exception {
        jar.with("LC_ALL", "C.UTF-8")
                .with("SYMBOL", SYMBOL + ",BTCUSDT")
                .with("CONNECTOR_CHANNELS", "trades,depth,ticker,kline.1m");
        jar.start();
        JsonNode health = jar.awaitHealth(
                "trades and books of both",
                h -> h.at("/connector/ready").asBoolean()
                        && h.at("/symbols/" + SYMBOL + "/trades").asLong() > 0
                        && h.at("/symbols/BTCUSDT/trades").asLong() > 0);

        assertThat(health.path("subscriptions").findValuesAsText("state")).containsOnly("confirmed");
        String query = "?symbol=" + URLEncoder.encode(SYMBOL, StandardCharsets.UTF_8);
        for (String path : new String[] {"/price", "/book", "/context", "/levels", "/debug/exchangeinfo"}) {
            assertThat(jar.json(path + query).path("symbol").asText()).as(path).isEqualTo(SYMBOL);
        }
        assertThat(jar.get("/price?symbol=%E2%80%AEUSDT").statusCode()).isEqualTo(400);
        assertThat(jar.get("/observe/metrics").body())
                .contains("livefeed_events_total{category=\"linear\",symbol=\"" + SYMBOL + "\",type=\"trade\"");
        StreamSocket client = StreamSocket.open(jar, "?channels=trades&symbols=" + query.substring(8));
        client.await("a trade", m -> m.path("symbol").asText().equals(SYMBOL));
        assertThat(jar.json("/dead-letters")).isEmpty();
        assertThat(health.at("/alarms")).isEmpty();
        jar.stop();

        try (var files = Files.walk(jar.folder())) {
            assertThat(files.map(path -> path.getFileName().toString()))
                    .contains("%E5%B8%81%E5%AE%89%E4%BA%BA%E7%94%9FUSDT.json");
        }
    }

    @Test
    void aLocaleWithoutTheCharactersIsNamed(Jar jar) throws Exception {
        jar.with("LC_ALL", "C").with("LANG", "C").with("SYMBOL", SYMBOL);

        assertThat(jar.run("check")).isEqualTo(78);
        assertThat(jar.text("err")).contains("SYMBOL is ").contains("LC_ALL=C.UTF-8");
    }
}
