package dev.livefeed.connector.bybit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.livefeed.connector.bybit.topic.Category;
import dev.livefeed.connector.bybit.topic.TopicName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The time of a response of past candles may be in quotes. */
class QuotedCandleTimeTest {

    private static long read(String time, List<Object> rows) throws IOException {
        String body =
                "{\"retCode\":0,\"result\":{\"symbol\":\"BTCUSDT\",\"list\":[[\"1772000000000\",\"1\",\"1\",\"1\","
                        + "\"1\",\"1\",\"1\"]]},\"time\":" + time + "}";
        return new BybitCandles(TopicName.of(Category.LINEAR, "kline.1m", "BTCUSDT", 50))
                .read(body.getBytes(StandardCharsets.UTF_8), rows);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1772000060000", "\"1772000060000\""})
    void aTimeIsReadWithAndWithoutQuotes(String time) throws IOException {
        List<Object> rows = new ArrayList<>();

        assertThat(read(time, rows)).isEqualTo(1_772_000_060_000L);
        assertThat(rows).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"soon\"", "-1", "null", "1.5", "\"\""})
    void anotherValueIsNoTime(String time) {
        assertThatThrownBy(() -> read(time, new ArrayList<>())).isInstanceOf(IOException.class);
    }
}
