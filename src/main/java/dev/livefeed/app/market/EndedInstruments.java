package dev.livefeed.app.market;

import dev.livefeed.protocol.model.InstrumentId;
import dev.livefeed.protocol.status.InstrumentEnded;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last instruments that have ended, so that a request for one can be answered with the reason. */
public final class EndedInstruments {

    private static final int MOST = 1_000;

    private final Map<InstrumentId, End> ends = new LinkedHashMap<>();

    /**
     * The end of an instrument.
     *
     * @param since when it ended; if the exchange does not say so, when that was reported
     * @param dated whether the exchange says when
     */
    public record End(InstrumentId instrument, String reason, Instant since, boolean dated) {

        @Override
        public String toString() {
            return instrument.symbol() + " has ended " + (dated ? "at " : "(reported at ") + since + (dated ? "" : ")")
                    + ": " + reason;
        }
    }

    synchronized void add(InstrumentId instrument, InstrumentEnded status) {
        Instant delivery = time(status.deliveryTime());
        String reason = status.reason() == null ? "the connector gives no reason" : status.reason();
        ends.remove(instrument);
        ends.put(instrument, new End(instrument, reason, delivery == null ? now() : delivery, delivery != null));
        if (ends.size() > MOST) {
            ends.remove(ends.keySet().iterator().next());
        }
    }

    /** It is listed or subscribed again. */
    synchronized void remove(InstrumentId instrument) {
        ends.remove(instrument);
    }

    synchronized boolean contains(InstrumentId instrument) {
        return ends.containsKey(instrument);
    }

    /** Those of the instruments that have not ended. */
    public List<InstrumentId> without(List<InstrumentId> instruments) {
        return instruments.stream().filter(instrument -> !contains(instrument)).toList();
    }

    /** The end of the instrument that a request means, which need not name its venue and category; null if none. */
    public synchronized End of(InstrumentId meant) {
        End known = ends.get(meant);
        if (known != null) {
            return known;
        }
        return ends.entrySet().stream()
                .filter(end -> meant.matches(end.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    private static Instant now() {
        return Instant.ofEpochSecond(Instant.now().getEpochSecond());
    }

    private static Instant time(String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
