package dev.livefeed.app.api.response.strategy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.paper.Signal;
import dev.livefeed.app.paper.SignalOutcome;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The last signals, newest first, with their outcomes. */
public record SignalsResponse(List<Item> signals) {

    /** One signal; {@code order} is the id of the resulting order, {@code refused} the reason if there is none. */
    public record Item(
            Instant timestamp,
            String strategy,
            @JsonUnwrapped InstrumentBody instrument,
            String signalType,
            @JsonUnwrapped Terms terms,
            Map<String, String> metadata,
            Long order,
            String refused) {}

    public record Terms(BigDecimal confidence, BigDecimal price, BigDecimal quantity) {}

    public static Item item(SignalOutcome outcome) {
        Signal signal = outcome.signal();
        return new Item(
                signal.timestampMicros() < 0 ? null : Times.instant(signal.timestampMicros()),
                signal.strategy(),
                InstrumentBody.of(signal.instrument()),
                signal.signalType(),
                new Terms(signal.confidence(), signal.price(), signal.quantity()),
                signal.metadata(),
                outcome.orderId() < 0 ? null : outcome.orderId(),
                outcome.refused());
    }
}
