package dev.livefeed.app.api.response.strategy;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.api.response.InstrumentBody;
import dev.livefeed.app.paper.PaperPosition;
import dev.livefeed.protocol.model.Times;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** All paper positions with their profit and loss; flat ones show the realised part. */
public record PositionsResponse(
        EquityBody account, BigDecimal capital, String source, List<OpenPosition> positions, String funding) {

    /** One position. */
    public record OpenPosition(
            String strategy,
            @JsonUnwrapped InstrumentBody instrument,
            BigDecimal qty,
            BigDecimal averagePrice,
            BigDecimal lastPrice,
            @JsonUnwrapped Result result,
            Instant opened) {}

    public record Result(BigDecimal realised, BigDecimal unrealised, BigDecimal fees) {}

    /** @param mark the last price, or null */
    public static OpenPosition position(PaperPosition position, BigDecimal mark) {
        return new OpenPosition(
                position.strategy(),
                InstrumentBody.of(position.instrument()),
                position.qty(),
                position.averagePrice(),
                mark,
                new Result(position.realised(), position.unrealised(mark), position.fees()),
                position.openedMicros() < 0 ? null : Times.instant(position.openedMicros()));
    }
}
