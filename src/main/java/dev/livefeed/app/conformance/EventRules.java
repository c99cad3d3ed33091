package dev.livefeed.app.conformance;

import dev.livefeed.app.feed.TimeCheck;
import dev.livefeed.naming.SettingNames;
import dev.livefeed.protocol.codec.EventForms;
import dev.livefeed.protocol.codec.EventReader;
import dev.livefeed.protocol.codec.EventVisitor;
import dev.livefeed.protocol.codec.InvalidEventException;
import dev.livefeed.protocol.codec.InvalidReason;
import dev.livefeed.protocol.model.AccountEvent;
import dev.livefeed.protocol.model.Depth;
import dev.livefeed.protocol.model.Event;
import dev.livefeed.protocol.model.Failure;
import dev.livefeed.protocol.model.HistoryEvent;
import dev.livefeed.protocol.model.Instruments;
import dev.livefeed.protocol.model.Levels;
import dev.livefeed.protocol.model.MarketEvent;
import dev.livefeed.protocol.model.Trade;
import dev.livefeed.protocol.model.Unknown;
import dev.livefeed.protocol.status.Status;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Applies the rules to each line of stdout, read as the application reads it. Not thread-safe. */
final class EventRules {

    private static final SettingNames TYPES = new SettingNames(EventForms.types());
    private static final Duration AHEAD = Duration.ofSeconds(5);
    private static final long HOUR_MICROS = 3_600_000_000L;
    /** Digits as the sum of 0.1 and 0.2 has them: more than any exchange sends, with a run of zeros or nines. */
    private static final Pattern BINARY = Pattern.compile("\\d*(0{7,}|9{7,})\\d{1,2}");

    private static final int DIGITS = 15;
    private static final int MAX_IGNORED = 10;
    private static final int MIN_TIMED = 20;
    private static final long LATE_MICROS = 60_000_000L;

    private final RuleFindings findings;
    private final EventReader reader;
    private final TimeCheck times = new TimeCheck(AHEAD, () -> 0, () -> {});
    private final StatusRules statuses;
    private final Wanted wanted;
    private final TradeRules trades;
    private final BookRules books;
    private final HistoryRules history;
    private final SpellingRules spelling;
    private final LineDelays delays = new LineDelays();
    private final Checked checked = new Checked();
    private final Set<String> ignored = new TreeSet<>();
    private byte[] line;
    private long lines;
    private long timed;
    private long leastLagMicros = Long.MAX_VALUE;

    EventRules(RuleFindings findings, Instruments instruments, SentCommands replies) {
        this.findings = findings;
        this.reader = new EventReader(instruments, () -> false, EventRules::nowMicros);
        this.spelling = new SpellingRules(findings);
        this.wanted = new Wanted(findings);
        this.trades = new TradeRules(findings);
        this.books = new BookRules(findings);
        this.history = new HistoryRules(findings);
        this.statuses = new StatusRules(findings, replies, this);
    }

    StatusRules statuses() {
        return statuses;
    }

    Wanted wanted() {
        return wanted;
    }

    TradeRules trades() {
        return trades;
    }

    BookRules books() {
        return books;
    }

    HistoryRules history() {
        return history;
    }

    void line(byte[] text) {
        lines++;
        line = text;
        try {
            spelling.line(text);
            Event event = reader.read(text);
            times.check(event);
            checked.visit(event);
        } catch (InvalidEventException e) {
            findings.failed(rule(e.reason()), e.getMessage(), text);
        }
    }

    void tooLong(long length, byte[] head) {
        findings.failed(ProtocolRule.LINE_LENGTH, "a line has " + length + " bytes", head);
    }

    private static ProtocolRule rule(InvalidReason reason) {
        return switch (reason) {
            case NOT_JSON, NOT_AN_OBJECT, NOT_UTF8, TOO_DEEP, DUPLICATE_FIELD -> ProtocolRule.JSON_LINES;
            case TOO_LONG -> ProtocolRule.LINE_LENGTH;
            case NO_TYPE -> ProtocolRule.KNOWN_TYPES;
            case BAD_TIMESTAMP -> ProtocolRule.TIMES;
            case BAD_PRICE, BAD_QTY, BAD_LEVELS -> ProtocolRule.DECIMALS;
            default -> ProtocolRule.FIELDS;
        };
    }

    long lines() {
        return lines;
    }

    LineDelays delays() {
        return delays;
    }

    /** Nothing more comes. */
    void end() {
        String seen = lines + " lines";
        findings.ok(
                ProtocolRule.KNOWN_TYPES,
                ignored.isEmpty() ? seen : seen + "; ignored, since the protocol has no such type: " + ignored);
        lag();
        for (ProtocolRule rule :
                new ProtocolRule[] {ProtocolRule.JSON_LINES, ProtocolRule.LINE_LENGTH, ProtocolRule.FIELDS}) {
            findings.ok(rule, seen);
        }
        for (ProtocolRule rule : new ProtocolRule[] {ProtocolRule.DECIMALS, ProtocolRule.TIMES}) {
            if (wanted.events() == 0) {
                findings.notApplicable(rule, "no event came while it was watched");
            } else {
                findings.ok(rule, wanted.events() + " events");
            }
        }
        wanted.end();
        trades.end();
        books.end();
    }

    private static long nowMicros() {
        return System.currentTimeMillis() * 1_000;
    }

    /** An exchange's clock is right to seconds: what is always late by minutes is of another zone or unit. */
    private void lag() {
        if (timed >= MIN_TIMED && leastLagMicros > LATE_MICROS && !statuses.replay()) {
            findings.failed(
                    ProtocolRule.TIMES,
                    "timestamp is at least " + leastLagMicros / 1_000_000 + " s before received_at in all " + timed
                            + " events; is it UTC, and is the clock right?");
        }
    }

    private void times(long timestampMicros, long receivedMicros) {
        timed++;
        leastLagMicros = Math.min(leastLagMicros, receivedMicros - timestampMicros);
        if (!statuses.replay()) {
            delays.add(nowMicros() - receivedMicros);
        }
        received(receivedMicros);
    }

    private void received(long micros) {
        long age = nowMicros() - micros;
        if (!statuses.replay() && (age > HOUR_MICROS || age < -AHEAD.toMillis() * 1_000)) {
            findings.failed(
                    ProtocolRule.TIMES,
                    "received_at is " + age / 1_000_000 + " s before now, must be microseconds",
                    line);
        }
    }

    private void exact(BigDecimal value, String name) {
        if (value.precision() >= DIGITS
                && BINARY.matcher(value.unscaledValue().abs().toString()).matches()) {
            findings.failed(
                    ProtocolRule.DECIMALS,
                    name + " is " + value.toPlainString() + ", which a binary double has left",
                    line);
        }
    }

    private void exact(Levels levels, String name) {
        for (int i = 0; i < levels.size(); i++) {
            exact(levels.price(i), "a price of " + name);
            exact(levels.qty(i), "a size of " + name);
        }
    }

    /** The rules for each kind of event. */
    private final class Checked implements EventVisitor<Void> {

        @Override
        public Void trade(Trade trade) {
            if (!wanted.event("trades", trade.instrument(), line)) {
                return null;
            }
            if (trade.repaired()) {
                received(trade.receivedAt());
            } else {
                times(trade.timestampMicros(), trade.receivedAt());
            }
            exact(trade.price(), "price");
            exact(trade.qty(), "qty");
            trades.trade(trade, line);
            return null;
        }

        @Override
        public Void depth(Depth depth) {
            if (!wanted.event(Depth.CHANNEL, depth.instrument(), line)) {
                return null;
            }
            times(depth.timestampMicros(), depth.receivedAt());
            exact(depth.bids(), "bids");
            exact(depth.asks(), "asks");
            books.depth(depth, line);
            return null;
        }

        @Override
        public Void market(MarketEvent event) {
            wanted.event(event.channel(), event.instrument(), line);
            received(event.receivedAt());
            return null;
        }

        @Override
        public Void account(AccountEvent event) {
            return null;
        }

        @Override
        public Void status(Status status) {
            statuses.status(status, line);
            return null;
        }

        @Override
        public Void failure(Failure failure) {
            statuses.failure(failure, line);
            return null;
        }

        @Override
        public Void history(HistoryEvent event) {
            history.event(event, line);
            return null;
        }

        @Override
        public Void unknown(Unknown event) {
            String meant = TYPES.meantBy(event.type());
            if (meant != null) {
                findings.failed(
                        ProtocolRule.KNOWN_TYPES,
                        "the type \"" + event.type() + "\" is none of the protocol; did you mean " + meant + '?',
                        line);
            } else if (ignored.size() < MAX_IGNORED) {
                ignored.add(event.type());
            }
            return null;
        }
    }
}
