package dev.livefeed.app.market;

import dev.livefeed.app.market.profile.ReferenceProfile;
import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Reference implementation of the context: recomputes everything from a list of all trades. */
final class ReferenceContext {

    static final BigDecimal TICK = new BigDecimal("0.1");

    private final List<Trade> all = new ArrayList<>();

    void trade(Trade trade) {
        all.add(trade);
    }

    LocalDate today() {
        return all.stream().map(ReferenceContext::day).max(LocalDate::compareTo).orElseThrow();
    }

    /** Trades older than yesterday on arrival were ignored. */
    List<Trade> of(LocalDate day) {
        List<Trade> trades = new ArrayList<>();
        LocalDate newest = LocalDate.MIN;
        for (Trade trade : all) {
            LocalDate own = day(trade);
            newest = own.isAfter(newest) ? own : newest;
            if (own.equals(day) && !own.isBefore(newest.minusDays(1))) {
                trades.add(trade);
            }
        }
        return trades;
    }

    static LocalDate day(Trade trade) {
        return trade.timestamp().atZone(ZoneOffset.UTC).toLocalDate();
    }

    static Predicate<Trade> between(String from, String to) {
        return trade -> {
            LocalTime time = trade.timestamp().atZone(ZoneOffset.UTC).toLocalTime();
            return !time.isBefore(LocalTime.parse(from)) && time.isBefore(LocalTime.parse(to));
        };
    }

    static BigDecimal vwap(List<Trade> trades) {
        BigDecimal value =
                trades.stream().map(t -> t.price().multiply(t.qty())).reduce(BigDecimal.ZERO, BigDecimal::add);
        return value.divide(volume(trades), 9, RoundingMode.HALF_EVEN);
    }

    static BigDecimal vwapQuote(List<Trade> trades) {
        BigDecimal value =
                trades.stream().map(t -> t.price().multiply(t.qty())).reduce(BigDecimal.ZERO, BigDecimal::add);
        BigDecimal square = trades.stream()
                .map(t -> t.price().multiply(t.price()).multiply(t.qty()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return square.divide(value, 9, RoundingMode.HALF_EVEN);
    }

    static BigDecimal volume(List<Trade> trades) {
        return trades.stream().map(Trade::qty).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static BigDecimal delta(List<Trade> trades) {
        return trades.stream()
                .map(t -> t.side() == Side.BUY ? t.qty() : t.qty().negate())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    static ReferenceProfile profile(List<Trade> trades) {
        ReferenceProfile profile = new ReferenceProfile(TICK);
        trades.forEach(trade -> profile.add(trade.price(), trade.qty(), trade.side()));
        return profile;
    }

    static BigDecimal high(List<Trade> trades) {
        return trades.stream().map(Trade::price).max(BigDecimal::compareTo).orElse(null);
    }

    static BigDecimal low(List<Trade> trades) {
        return trades.stream().map(Trade::price).min(BigDecimal::compareTo).orElse(null);
    }
}
