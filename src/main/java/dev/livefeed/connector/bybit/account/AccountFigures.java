package dev.livefeed.connector.bybit.account;

import java.util.Map;

/** Counters of the private stream for the heartbeat. Not thread-safe. */
final class AccountFigures {

    long rows;
    long duplicates;
    long unusable;
    long coinsLeftOut;
    long unknown;
    long lost;
    long connects;
    long attempts;
    long gaps;

    void show(Map<String, Object> figures) {
        figures.put("account_rows", rows);
        figures.put("account_duplicates", duplicates);
        figures.put("account_rows_unusable", unusable);
        figures.put("account_coins_left_out", coinsLeftOut);
        figures.put("account_frames_unknown", unknown);
        figures.put("account_rows_lost", lost);
        figures.put("account_connects", connects);
        figures.put("account_auth_attempts", attempts);
        figures.put("account_gaps", gaps);
    }
}
