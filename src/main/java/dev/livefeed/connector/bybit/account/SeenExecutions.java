package dev.livefeed.connector.bybit.account;

import java.util.LinkedHashMap;
import java.util.Map;

/** The newest executions by their id: one that is told again is not told on. */
final class SeenExecutions {

    private static final int REMEMBERED = 10_000;

    private final Map<String, Boolean> ids = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Whether it is the first of that id. */
    boolean first(String category, String symbol, String id) {
        return ids.putIfAbsent(category + ' ' + symbol + ' ' + id, Boolean.TRUE) == null;
    }
}
