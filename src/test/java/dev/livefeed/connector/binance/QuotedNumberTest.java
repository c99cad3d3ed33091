package dev.livefeed.connector.binance;

import static dev.livefeed.connector.binance.FeedHarness.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.connector.binance.venue.BinanceRest;
import dev.livefeed.connector.binance.venue.BinanceSettings;
import dev.livefeed.connector.feed.RestFailure;
import dev.livefeed.connector.sdk.command.Command.Kind;
import dev.livefeed.connector.session.HttpAnswer;
import dev.livefeed.protocol.model.Depth;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of REST responses may be in quotes. */
class QuotedNumberTest {

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static BinanceRest rest() throws Exception {
        return new BinanceRest(BinanceSettings.read(Map.of()));
    }

    @Test
    void aBookBeginsWithASnapshotWhoseIdIsQuoted() {
        FeedHarness feed = new FeedHarness("{\"data_silence_ms\":0}");
        feed.command(Kind.SUBSCRIBE, "depth");
        feed.accept();
        feed.answer(snapshot(5, "1").replace("\"lastUpdateId\":5", "\"T\":\"1790000000000\",\"lastUpdateId\":\"5\""));

        assertThat(feed.lines.depths()).extracting(Depth::lastUpdateId).containsExactly(5L);
        assertThat(feed.lines.depths()).extracting(Depth::timestampMicros).containsExactly(1_790_000_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"1790000000000", "\"1790000000000\"", "1790000000000000", "\"1790000000000000\""})
    void theClockIsReadWithAndWithoutQuotes(String time) throws Exception {
        assertThat(rest().clockMicros(bytes("{\"serverTime\":" + time + "}"))).isEqualTo(1_790_000_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"\"soon\"", "-5", "null", "{}", "1.5"})
    void anotherValueIsNoTime(String time) {
        assertThatThrownBy(() -> rest().clockMicros(bytes("{\"serverTime\":" + time + "}")))
                .isInstanceOf(IOException.class)
                .hasMessage("the response contains no time");
    }

    @ParameterizedTest
    @CsvSource({"-1003", "\"-1003\""})
    void theCodeOfARefusalIsReadWithAndWithoutQuotes(String code) throws Exception {
        var outcome = rest().judge(new HttpAnswer(400, 0, bytes("{\"code\":" + code + ",\"msg\":\"too many\"}")), 0);

        assertThat(outcome.reason()).isEqualTo("the venue answered 400, code -1003");
        assertThat(outcome.failure().kind()).isEqualTo(RestFailure.Kind.TRANSIENT);
        assertThat(outcome.pause().reason()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource({"\"\"", "\"-\"", "[1]", "\"99999999999999999999\"", "true", "\"9999999999999999999\""})
    void anotherCodeIsNone(String code) throws Exception {
        var outcome = rest().judge(new HttpAnswer(400, 0, bytes("{\"code\":" + code + ",\"msg\":\"m\"}")), 0);

        assertThat(outcome.reason()).isEqualTo("the venue answered 400");
    }
}
