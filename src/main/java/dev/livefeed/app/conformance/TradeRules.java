package dev.livefeed.app.conformance;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.model.Trade;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Trades of each instrument: in order, once, and complete if their ids are consecutive numbers. Not thread-safe. */
final class TradeRules {

    /**
     * Numbers in a row after which ids are taken for consecutive. Trades of the same time count as one: those of one
     * order may be numbered in a row where the ids of a venue's markets are not.
     */
    private static final int CONSECUTIVE = 20;

    private static final int MAX_IDS = 200_000;
    private static final int MAX_HOLES = 10_000;

    private final RuleFindings findings;
    private final Map<InstrumentId, Ids> instruments = new LinkedHashMap<>();
    private final Set<String> gaps = new HashSet<>();
    private final Set<Key> seen = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
            return size() > MAX_IDS;
        }
    });
    private long trades;

    private record Key(InstrumentId instrument, String id) {}

    /** What is known of the ids of an instrument. */
    private static final class Ids {

        private final Set<Long> holes = new HashSet<>();
        private long newestMicros;
        private long last = -1;
        private long lastMicros;
        private int inARow;
    }

    TradeRules(RuleFindings findings) {
        this.findings = findings;
    }

    void trade(Trade trade, byte[] line) {
        trades++;
        Ids ids = instruments.computeIfAbsent(trade.instrument(), id -> new Ids());
        if (!seen.add(new Key(trade.instrument(), trade.id()))) {
            findings.failed(ProtocolRule.TRADE_ONCE, "the trade " + trade.id() + " came twice", line);
            return;
        }
        if (!trade.repaired()) {
            if (trade.timestampMicros() < ids.newestMicros) {
                findings.failed(
                        ProtocolRule.TRADE_ORDER,
                        "the trade " + trade.id() + " is " + (ids.newestMicros - trade.timestampMicros()) / 1_000
                                + " ms older than the one before",
                        line);
            }
            ids.newestMicros = Math.max(ids.newestMicros, trade.timestampMicros());
        }
        number(ids, trade);
    }

    private static void number(Ids ids, Trade trade) {
        if (!trade.id().matches("\\d{1,18}")) {
            return;
        }
        long id = Long.parseLong(trade.id());
        if (ids.holes.remove(id)) {
            return;
        }
        if (ids.last >= 0 && id == ids.last + 1) {
            ids.inARow += trade.timestampMicros() == ids.lastMicros ? 0 : 1;
        } else if (ids.inARow >= CONSECUTIVE && id > ids.last) {
            for (long missing = ids.last + 1; missing < id && ids.holes.size() < MAX_HOLES; missing++) {
                ids.holes.add(missing);
            }
        } else {
            ids.inARow = 0;
        }
        ids.last = Math.max(ids.last, id);
        ids.lastMicros = trade.timestampMicros();
    }

    /** Trades are reported as lost. */
    void gap(String symbol) {
        if (gaps.size() < MAX_HOLES) {
            gaps.add(symbol);
        }
    }

    /** Nothing more comes. */
    void end() {
        if (trades == 0) {
            for (ProtocolRule rule :
                    new ProtocolRule[] {ProtocolRule.TRADE_ORDER, ProtocolRule.TRADE_ONCE, ProtocolRule.TRADE_COMPLETE
                    }) {
                findings.notApplicable(rule, "no trade came while it was watched");
            }
            return;
        }
        findings.ok(ProtocolRule.TRADE_ORDER, trades + " trades");
        findings.ok(ProtocolRule.TRADE_ONCE, trades + " trades");
        boolean numbered = instruments.values().stream().anyMatch(ids -> ids.inARow >= CONSECUTIVE);
        if (numbered) {
            findings.ok(ProtocolRule.TRADE_COMPLETE, "the ids have no hole that is not a gap");
        } else {
            findings.notApplicable(
                    ProtocolRule.TRADE_COMPLETE, "not " + CONSECUTIVE + " ids in a row are consecutive numbers");
        }
        instruments.forEach((instrument, ids) -> {
            if (!ids.holes.isEmpty() && !announced(instrument)) {
                findings.failed(
                        ProtocolRule.TRADE_COMPLETE,
                        instrument.symbol() + ": " + ids.holes.size() + " trades are missing from id "
                                + Collections.min(ids.holes) + " on, without a gap");
            }
        });
    }

    private boolean announced(InstrumentId instrument) {
        return gaps.stream()
                .anyMatch(symbol -> symbol.equals(instrument.symbol())
                        || instrument.symbol().startsWith(symbol + "-"));
    }
}
