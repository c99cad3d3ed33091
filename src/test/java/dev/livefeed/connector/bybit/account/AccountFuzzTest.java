package dev.livefeed.connector.bybit.account;

import static org.assertj.core.api.Assertions.assertThat;

import dev.livefeed.protocol.model.AccountEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Damaged frames of the private stream must not cause an exception, which would also end the public streams, or a line
 * that violates the protocol. {@code -Dlivefeed.frames=1000000} tries more of them.
 */
class AccountFuzzTest {

    private static final int FRAMES = Integer.getInteger("livefeed.frames", 15_000);

    private static final List<String> GOOD = List.of(
            "{\"topic\":\"order\",\"creationTime\":1790000000000,\"data\":[{\"category\":\"linear\","
                    + "\"symbol\":\"BTCUSDT\","
                    + "\"orderId\":\"o\",\"side\":\"Buy\",\"orderStatus\":\"New\",\"qty\":\"0.1\",\"price\":\"100.50\","
                    + "\"createdTime\":\"1790000000000\",\"reduceOnly\":false,\"cumFeeDetail\":{\"USDT\":\"1\"}}]}",
            "{\"topic\":\"execution\",\"creationTime\":1790000000000,\"data\":[{\"category\":\"spot\","
                    + "\"symbol\":\"BTCUSDT\","
                    + "\"orderId\":\"o\",\"execId\":\"e\",\"side\":\"Sell\",\"execPrice\":\"100.50\","
                    + "\"execQty\":\"0.1\","
                    + "\"execTime\":\"1790000000000\",\"isMaker\":true,\"seq\":7}]}",
            "{\"topic\":\"position\",\"creationTime\":1790000000000,\"data\":[{\"category\":\"linear\","
                    + "\"symbol\":\"BTCUSDT\","
                    + "\"side\":\"Sell\",\"size\":\"1\",\"entryPrice\":\"5\",\"positionIdx\":0,"
                    + "\"unrealisedPnl\":-1.5}]}",
            "{\"topic\":\"wallet\",\"creationTime\":1790000000000,\"data\":[{\"accountType\":\"UNIFIED\","
                    + "\"totalEquity\":\"1\","
                    + "\"coin\":[{\"coin\":\"BTC\",\"walletBalance\":\"1\",\"bonus\":0}]}]}",
            "{\"req_id\":\"\",\"op\":\"pong\",\"args\":[\"1790000000000\"],\"conn_id\":\"x\"}",
            "{\"success\":true,\"ret_msg\":\"\",\"op\":\"subscribe\",\"req_id\":\"sub-1\"}");

    /** Replacement values. */
    private static final List<String> ODD = List.of(
            "1e999999999",
            "-1e-999999999",
            "\"1e999999999\"",
            "\"-0\"",
            "\"\"",
            "null",
            "true",
            "[]",
            "{}",
            "[[[[1]]]]",
            "\"\\u0000\\n\"",
            "9223372036854775808",
            "\"99999999999999999999999999999999999999999999\"",
            "-1",
            "0.1",
            "\"Buy\"",
            "\"\uD800\"");

    @Test
    void noDamagedFrameDoesHarm() {
        Random random = new Random(42);
        AccountHarness venue = AccountHarness.authenticated();
        int events = 0;
        for (int i = 0; i < FRAMES; i++) {
            String good = GOOD.get(random.nextInt(GOOD.size()));
            byte[] frame = random.nextBoolean()
                    ? bytesChanged(good, random)
                    : valueChanged(good, random).getBytes(StandardCharsets.UTF_8);
            venue.receive(frame);
            if (i % 1_000 == 0) {
                venue.pass(Duration.ofMillis(50));
            }
            events += (int) venue.lines.next().stream()
                    .filter(AccountEvent.class::isInstance)
                    .count();
        }
        venue.pass(Duration.ofMinutes(2));

        assertThat(events).isPositive();
        assertThat(venue.closed)
                .as("no damaged frame is taken for a refusal of the keys")
                .isEmpty();
    }

    private static byte[] bytesChanged(String text, Random random) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /** Replaces a value after a colon. */
    private static String valueChanged(String text, Random random) {
        int colon = text.indexOf(':', random.nextInt(text.length() - 10));
        if (colon < 0) {
            return text.substring(0, text.length() / 2);
        }
        int end = colon + 1;
        while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(0, colon + 1) + ODD.get(random.nextInt(ODD.size())) + text.substring(end);
    }
}
