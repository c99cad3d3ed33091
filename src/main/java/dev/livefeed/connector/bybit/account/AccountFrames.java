package dev.livefeed.connector.bybit.account;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.livefeed.connector.feed.VenueClock;
import dev.livefeed.connector.sdk.output.Outbox;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Execution;
import dev.livefeed.protocol.model.Failure;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Converts frames of the private stream to events. Each execution is emitted once. */
final class AccountFrames {

    private static final int MAX_COINS_REPORTED = 100;

    private final Outbox outbox;
    private final VenueClock clock;
    private final AccountStatus status;
    private final AccountFigures figures;
    private final MissedRows missed;
    private final SeenExecutions seen = new SeenExecutions();
    private final Set<String> coinsReported = new HashSet<>();
    private final ObjectMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private final RowReader rows = new RowReader(mapper, this::coinLeftOut);

    AccountFrames(Outbox outbox, VenueClock clock, AccountStatus status, AccountFigures figures, MissedRows missed) {
        this.outbox = outbox;
        this.clock = clock;
        this.status = status;
        this.figures = figures;
        this.missed = missed;
    }

    /** Parses a frame; returns null and reports it if it is not valid JSON. */
    JsonNode read(byte[] bytes, int offset, int length) {
        try {
            JsonNode frame = mapper.readTree(bytes, offset, length);
            if (frame == null || !frame.isObject()) {
                throw new IOException("it is not a JSON object");
            }
            return frame;
        } catch (IOException | NumberFormatException e) {
            // Jackson throws a NumberFormatException for an exponent with many digits.
            boolean json = e instanceof JsonProcessingException || e instanceof NumberFormatException;
            String why = json ? "it is not JSON" : e.getMessage();
            unreadable(null, "a frame of the private stream cannot be read: " + why);
            return null;
        }
    }

    /** Emits the rows of a frame. */
    void take(PrivateTopic topic, JsonNode frame, long receivedAt, boolean synthetic) {
        long created = frame.path("creationTime").asLong(0);
        boolean dated = Row.isTime(created, RowReader.latestMillis(receivedAt));
        long createdMicros = dated ? created * 1_000L : clock.micros();
        JsonNode data = frame.path("data");
        if (!data.isArray()) {
            unreadable(topic, "a frame of " + topic + " has no list of rows");
            return;
        }
        for (JsonNode row : data) {
            try {
                emit(rows.read(topic, row, createdMicros, receivedAt, synthetic));
            } catch (UnusableRowException e) {
                unreadable(topic, "a row of " + topic + " cannot be used: " + e.getMessage());
            }
        }
        if (dated) {
            missed.received(createdMicros);
        }
    }

    private void emit(AccountEvent event) {
        if (repeated(event)) {
            figures.duplicates++;
            return;
        }
        figures.rows++;
        if (!outbox.account(event)) {
            figures.lost++;
            missed.missing("the reader of the events was too slow");
        }
    }

    private boolean repeated(AccountEvent event) {
        return event instanceof Execution e && !seen.first(e.category(), e.symbol(), e.id());
    }

    /** Counts the coin; reports each reason once, because a wallet is sent with every change. */
    private void coinLeftOut(String why) {
        figures.coinsLeftOut++;
        if (coinsReported.size() < MAX_COINS_REPORTED && coinsReported.add(why)) {
            outbox.failure(new Failure(
                    status.clean("a coin of the wallet is left out: " + why),
                    "unreadable",
                    null,
                    "wallet",
                    null,
                    false));
        }
    }

    /** Reports and counts data that could not be read, and records its loss. */
    private void unreadable(PrivateTopic topic, String why) {
        figures.unusable++;
        String text = status.clean(why);
        outbox.failure(new Failure(
                text, "unreadable", null, topic == null ? AccountStatus.CHANNEL : topic.text(), null, false));
        if (topic == null) {
            missed.missing(text);
        }
    }
}
