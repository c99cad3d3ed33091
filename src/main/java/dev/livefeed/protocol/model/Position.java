package dev.livefeed.protocol.model;

import java.math.BigDecimal;
import java.util.Map;

/**
 * The current state of a position of the account.
 *
 * @param symbol instrument
 * @param category product category such as {@code linear}, or null
 * @param timestampMicros exchange time of the change, microseconds since 1970
 * @param side {@code buy} for long, {@code sell} for short; null without a position
 * @param size never negative
 * @param positionIdx 0 in one-way mode, 1 the long and 2 the short position in hedge mode; or null
 * @param entryPrice average entry price, or null
 * @param markPrice mark price, or null
 * @param value value at the entry price, or null
 * @param leverage or null
 * @param liqPrice liquidation price, or null
 * @param takeProfit or null
 * @param stopLoss or null
 * @param unrealisedPnl or null
 * @param realisedPnl realised profit and loss of the open position, or null
 * @param totalRealisedPnl realised profit and loss of all positions in the instrument, or null
 * @param status such as {@code normal} or {@code liq}, or null
 * @param createdMicros time of the first opening, microseconds since 1970, or null
 * @param seq the exchange's cross sequence, or null
 * @param raw further fields of the exchange, under the exchange's names
 * @param receivedAt microseconds since 1970 at which the frame was read from the network
 * @param synthetic whether it was made by a simulator, a stub or a replay; never shown as live
 */
public record Position(
        String symbol,
        String category,
        long timestampMicros,
        Side side,
        BigDecimal size,
        Long positionIdx,
        BigDecimal entryPrice,
        BigDecimal markPrice,
        BigDecimal value,
        BigDecimal leverage,
        BigDecimal liqPrice,
        BigDecimal takeProfit,
        BigDecimal stopLoss,
        BigDecimal unrealisedPnl,
        BigDecimal realisedPnl,
        BigDecimal totalRealisedPnl,
        String status,
        Long createdMicros,
        Long seq,
        Map<String, Object> raw,
        long receivedAt,
        boolean synthetic)
        implements AccountEvent {

    public static final String TYPE = "position";

    @Override
    public String type() {
        return TYPE;
    }
}
