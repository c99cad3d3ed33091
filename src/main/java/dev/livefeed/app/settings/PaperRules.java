package dev.livefeed.app.settings;

/** Rules for paper trading: capital, fees, limits and the journal. */
final class PaperRules {

    private PaperRules() {}

    static void check(SettingChecks checks) {
        checks.duration("paper.journal.sync");
        checks.money("paper.capital");
        checks.money("paper.limit.order");
        checks.money("paper.limit.exposure");
        checks.money("paper.limit.daily.loss");
        checks.decimal("paper.fee.maker", -0.01, 0.1);
        checks.decimal("paper.fee.taker", -0.01, 0.1);
        checks.whole("paper.limit.open.orders", 1, 10_000);
        checks.whole("paper.journal.file.mb", 1, 1_024);
    }
}
