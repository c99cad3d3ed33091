package dev.livefeed.soak;

import dev.livefeed.protocol.model.Side;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.status.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The emitted trades and reported gaps of one symbol, compared with the trades of the exchange.
 *
 * <p>Each trade must be delivered once and in order. One exception: if the exchange omitted frames on a connection
 * that stayed open, or a row could not be read, a trade may follow newer ones if a later {@code repaired} status
 * contains its time.
 */
final class TradeCheck {

    /** Within this time the connector compares a stream with the venue's trade list twice. */
    private static final long COMPARED_WITHIN_MILLIS = 40_000;

    private final String name;
    private final SoakFigures figures;
    private final BiPredicate<MadeTrade, Boolean> undetectable;
    private final Predicate<MadeTrade> elsewhere;
    private final List<Trade> trades = new ArrayList<>();
    private final List<Period> periods = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<Repair> repairs = new ArrayList<>();
    private Period open;

    /** A period in which every trade must be delivered or reported as lost. */
    private static final class Period {

        private final long made;
        private final long sinceMicros;
        private final int firstTrade;
        private int endTrade;
        /** It ended with the instrument, so that all later trades are due. */
        private boolean last;

        Period(long made, long sinceMicros, int firstTrade) {
            this.made = made;
            this.sinceMicros = sinceMicros;
            this.firstTrade = firstTrade;
        }

        /** Whether the trade is older than what the connector has promised. */
        private boolean precedes(MadeTrade row) {
            return row.atMillis() * 1_000 + 999 < sinceMicros;
        }
    }

    /**
     * @param trades number of trades emitted before this status, including the repaired ones
     */
    private record Repair(long fromMicros, long toMicros, int trades) {

        boolean contains(Trade trade) {
            return trade.timestampMicros() >= fromMicros && trade.timestampMicros() <= toMicros;
        }
    }

    private record Gap(long fromMicros, long toMicros, String reason) {

        boolean covers(long millis) {
            return millis * 1_000 + 999 >= fromMicros && millis * 1_000 <= toMicros;
        }
    }

    /**
     * @param undetectable whether the exchange omitted the trade and no client can detect that; its second argument is
     *     whether the subscription ended soon after
     * @param elsewhere whether the trade was delivered for another subscription, which may be after the end of this one
     */
    TradeCheck(
            String name,
            SoakFigures figures,
            BiPredicate<MadeTrade, Boolean> undetectable,
            Predicate<MadeTrade> elsewhere) {
        this.name = name;
        this.figures = figures;
        this.undetectable = undetectable;
        this.elsewhere = elsewhere;
    }

    /**
     * @param made number of trades at this time; -1 to start with the first emitted trade
     * @param sinceMicros exchange time from which on trades are promised; -1 if none is named
     */
    void subscribed(long made, long sinceMicros) {
        if (open == null) {
            open = new Period(made, sinceMicros, trades.size());
        }
    }

    void unsubscribed() {
        if (open != null) {
            open.endTrade = trades.size();
            periods.add(open);
            open = null;
        }
    }

    /** The instrument has ended: all of its trades are due. */
    void ended() {
        if (open != null) {
            open.last = true;
            unsubscribed();
        }
    }

    /** The last emitted trade time of this subscription, microseconds since 1970; -1 if there is none. */
    long lastMicros() {
        return open == null
                ? -1
                : trades.subList(open.firstTrade, trades.size()).stream()
                        .mapToLong(Trade::timestampMicros)
                        .max()
                        .orElse(-1);
    }

    /** Ids of the emitted trades from a time on. */
    Stream<String> idsSince(long micros) {
        return trades.stream()
                .filter(trade -> trade.timestampMicros() >= micros)
                .map(Trade::id);
    }

    void trade(Trade trade) {
        if (open == null) {
            throw new Violation(name + ": trade " + trade.id() + " of a stream that is not subscribed");
        }
        trades.add(trade);
    }

    void gap(Status gap, boolean excused) {
        long from = micros(gap, "from");
        long to = micros(gap, "to");
        if (from > to) {
            throw new Violation(name + ": a gap from " + from + " to " + to);
        }
        if (!excused) {
            throw new Violation(name + ": a gap from " + Instant.ofEpochMilli(from / 1_000) + " to "
                    + Instant.ofEpochMilli(to / 1_000) + " is reported, but REST could have filled it: "
                    + gap.reason());
        }
        gaps.add(new Gap(from, to, gap.reason()));
    }

    void repaired(Status repair) {
        repairs.add(new Repair(micros(repair, "from"), micros(repair, "to"), trades.size()));
    }

    static long micros(Status status, String bound) {
        Instant at = Instant.parse((String) status.details().get(bound));
        return at.getEpochSecond() * 1_000_000 + at.getNano() / 1_000;
    }

    /** The first trade before a number that is neither delivered nor reported as lost, or null. */
    MadeTrade missing(List<MadeTrade> made, long before) {
        if (open == null) {
            return null;
        }
        Set<String> ids = new HashSet<>();
        trades.forEach(trade -> ids.add(trade.id()));
        long from = open.made >= 0 ? open.made : firstEmitted(made);
        for (MadeTrade row : made) {
            if (row.number() >= from
                    && row.number() < before
                    && !open.precedes(row)
                    && !ids.contains(row.id())
                    && !lost(row)
                    && !undetectable.test(row, false)) {
                return row;
            }
        }
        return null;
    }

    /** Number of the first trade emitted in this subscription; {@code Long.MAX_VALUE} if there is none. */
    private long firstEmitted(List<MadeTrade> made) {
        if (open.firstTrade == trades.size()) {
            return Long.MAX_VALUE;
        }
        String id = trades.get(open.firstTrade).id();
        return made.stream()
                .filter(row -> row.id().equals(id))
                .mapToLong(MadeTrade::number)
                .findFirst()
                .orElse(0);
    }

    /** Compares all trades with those of the exchange. */
    void verify(List<MadeTrade> made) {
        boolean stillOpen = open != null;
        unsubscribed();
        Map<String, MadeTrade> byId = new HashMap<>();
        made.forEach(row -> byId.put(row.id(), row));
        List<Long> numbers = new ArrayList<>();
        Set<Long> delivered = new HashSet<>();
        long last = -1;
        long lastLate = -1;
        int nextRepair = 0;
        for (int i = 0; i < trades.size(); i++) {
            while (nextRepair < repairs.size() && repairs.get(nextRepair).trades() <= i) {
                nextRepair++;
                lastLate = -1;
            }
            Trade trade = trades.get(i);
            MadeTrade row = byId.get(trade.id());
            if (row == null) {
                throw new Violation(name + ": trade " + trade.id() + " was never made");
            }
            same(trade, row);
            if (!delivered.add(row.number())) {
                throw new Violation(name + ": trade number " + row.number() + " is delivered twice: " + trade);
            }
            numbers.add(row.number());
            if (row.number() > last) {
                last = row.number();
            } else if (repairs.subList(nextRepair, repairs.size()).stream().anyMatch(repair -> repair.contains(trade))
                    && row.number() > lastLate) {
                lastLate = row.number();
                figures.tradesLate++;
            } else {
                throw new Violation(name + ": trade number " + row.number() + " is delivered after " + last);
            }
        }
        for (int i = 0; i < periods.size(); i++) {
            Period period = periods.get(i);
            boolean toTheEnd = stillOpen && i == periods.size() - 1;
            complete(period, numbers.subList(period.firstTrade, period.endTrade), toTheEnd, made, delivered);
        }
    }

    private void complete(
            Period period, List<Long> numbers, boolean toTheEnd, List<MadeTrade> made, Set<Long> delivered) {
        boolean all = toTheEnd || period.last;
        if (numbers.isEmpty() && (!all || period.made < 0)) {
            return;
        }
        long from = period.made >= 0 ? period.made : numbers.get(0);
        long to = all ? Long.MAX_VALUE : Collections.max(numbers);
        long lastAt = toTheEnd || made.isEmpty()
                ? Long.MAX_VALUE
                : made.get((int) Math.min(to, made.size() - 1)).atMillis();
        for (MadeTrade row : made) {
            if (row.number() < from || row.number() > to || period.precedes(row)) {
                continue;
            }
            figures.tradesMade++;
            if (!delivered.contains(row.number()) && (toTheEnd || !elsewhere.test(row))) {
                if (lost(row)) {
                    figures.tradesLost++;
                } else if (undetectable.test(row, lastAt - row.atMillis() < COMPARED_WITHIN_MILLIS)) {
                    figures.tradesUnknowable++;
                } else {
                    throw new Violation(name + ": trade number " + row.number() + " (" + row.id() + " at "
                            + Instant.ofEpochMilli(row.atMillis()) + ") is lost without a gap; the gaps are " + gaps);
                }
            }
        }
    }

    private boolean lost(MadeTrade row) {
        return gaps.stream().anyMatch(gap -> gap.covers(row.atMillis()));
    }

    private void same(Trade trade, MadeTrade row) {
        if (trade.timestampMicros() != row.atMillis() * 1_000
                || trade.price().compareTo(row.price()) != 0
                || trade.qty().compareTo(row.qty()) != 0
                || (trade.side() == Side.BUY) != row.buy()
                || trade.seq() != row.seq()) {
            throw new Violation(name + ": a trade differs: " + trade + ", the exchange says " + row);
        }
    }
}
