package dev.livefeed.connector.instrument;

import dev.livefeed.connector.feed.RestClient;
import dev.livefeed.connector.feed.RestFailure;
import dev.livefeed.connector.feed.VenueCategory;
import dev.livefeed.connector.feed.VenueContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Looks up single symbols that no instrument list has. The instrument lists are those of instruments that may be
 * traded; an instrument that has ended, or that has another status, is only found by its symbol.
 *
 * <p>An answer is kept, and the symbol is looked up again after a wait that doubles from a minute to an hour; to five
 * minutes if it was found, because its phase may change. The requests are sent in the background.
 */
final class SymbolLookup {

    private static final int MOST = 20_000;
    private static final int MOST_OPEN = 1_000;
    private static final long FIRST_WAIT = 60_000_000_000L;
    private static final long LONGEST_WAIT = 60 * FIRST_WAIT;
    private static final long LONGEST_WAIT_IF_FOUND = 5 * FIRST_WAIT;

    private final VenueContext context;
    private final ListingSource source;
    private final Listener listener;
    private int open;
    private final Map<String, Answer> answers = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
            return size() > MOST;
        }
    };

    /** Called when a symbol was looked up, or could not be. */
    interface Listener {

        void lookedUp(VenueCategory category, String symbol);
    }

    private static final class Answer {

        private boolean asking;
        private long askedAt;
        private long nextAt;
        /** Between this answer and the next request; 0 before the first one. */
        private long wait;

        private ListedInstrument found;
    }

    SymbolLookup(VenueContext context, ListingSource source, Listener listener) {
        this.context = context;
        this.source = source;
        this.listener = listener;
    }

    /** The instrument as the venue returned it, or null. */
    ListedInstrument found(VenueCategory category, String symbol) {
        Answer answer = answers.get(key(category, symbol));
        return answer == null ? null : answer.found;
    }

    /** Whether the symbol is being looked up. */
    boolean asking(VenueCategory category, String symbol) {
        Answer answer = answers.get(key(category, symbol));
        return answer != null && answer.asking;
    }

    /** Whether a look-up that began within the given time is in progress. */
    boolean askingSince(VenueCategory category, String symbol, long nanos) {
        return asking(category, symbol) && context.now() - answers.get(key(category, symbol)).askedAt < nanos;
    }

    /** Looks the symbol up, unless that was done too recently. */
    void request(VenueCategory category, String symbol) {
        List<String> requests = source.lookUps(category, symbol);
        if (requests.isEmpty()) {
            return;
        }
        Answer answer = answers.computeIfAbsent(key(category, symbol), name -> new Answer());
        if (answer.asking || open >= MOST_OPEN || (answer.wait != 0 && context.now() - answer.nextAt < 0)) {
            return;
        }
        open++;
        answer.asking = true;
        answer.askedAt = context.now();
        answer.wait = answer.wait == 0 ? FIRST_WAIT : Math.min(LONGEST_WAIT, 2 * answer.wait);
        ask(answer, category, symbol, requests);
    }

    /** @param requests those that are still to be sent */
    private void ask(Answer answer, VenueCategory category, String symbol, List<String> requests) {
        if (requests.isEmpty()) {
            done(answer, category, symbol, null);
            return;
        }
        List<String> others = requests.subList(1, requests.size());
        context.rest().getInBackground(requests.get(0), source.weight(category), new RestClient.Callback() {
            @Override
            public void answered(byte[] body) {
                ListedInstrument row = row(category, body, symbol);
                if (row == null) {
                    ask(answer, category, symbol, others);
                } else {
                    done(answer, category, symbol, row);
                }
            }

            @Override
            public void failed(String reason) {
                answer.wait = FIRST_WAIT;
                done(answer, category, symbol, answer.found);
            }

            /** The venue may answer with an error to an unknown symbol. */
            @Override
            public void failed(String reason, RestFailure failure) {
                if (failure.kind() == RestFailure.Kind.REFUSED) {
                    ask(answer, category, symbol, others);
                } else {
                    failed(reason);
                }
            }
        });
    }

    private void done(Answer answer, VenueCategory category, String symbol, ListedInstrument row) {
        open--;
        answer.asking = false;
        answer.found = row;
        if (row != null) {
            answer.wait = Math.min(LONGEST_WAIT_IF_FOUND, answer.wait);
        }
        answer.nextAt = context.now() + answer.wait;
        listener.lookedUp(category, symbol);
    }

    private ListedInstrument row(VenueCategory category, byte[] body, String symbol) {
        try {
            return source.read(category, body).rows().stream()
                    .filter(row -> row.symbol().equals(symbol))
                    .findFirst()
                    .orElse(null);
        } catch (IOException e) {
            return null;
        }
    }

    private static String key(VenueCategory category, String symbol) {
        return category.text() + '/' + symbol;
    }
}
