package dev.livefeed.connector.bybit.account;

import java.util.LinkedHashMap;
import java.util.Map;

/** The most recent executions by id, to drop repetitions. */
final class SeenExecutions {

    private static final int REMEMBERED = 10_000;

    private final Map<String, Boolean> ids = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Returns whether this is the first execution with that id. */
    boolean first(String category, String symbol, String id) {
        return ids.putIfAbsent(category + ' ' + symbol + ' ' + id, Boolean.TRUE) == null;
    }
}
