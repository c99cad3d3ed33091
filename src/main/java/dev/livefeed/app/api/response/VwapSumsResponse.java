package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.DayReport;
import java.math.BigDecimal;
import java.time.LocalDate;

/** The sums from which the VWAP is computed, and the numbers of trades in them. */
public record VwapSumsResponse(
        @JsonUnwrapped InstrumentBody instrument,
        LocalDate day,
        @JsonUnwrapped Sums sums,
        @JsonUnwrapped Averages averages,
        @JsonUnwrapped Trades counted,
        int tradedMinutes,
        int filledMinutes,
        boolean approximate) {

    /** Sums of quantity, of price x quantity, and of price x price x quantity. */
    public record Sums(BigDecimal sumQ, BigDecimal sumPq, BigDecimal sumPpq) {}

    public record Averages(BigDecimal vwapBase, BigDecimal vwapQuote) {}

    public record Trades(long trades, long lateTrades, long tooLateTrades, long repeatedTrades, long coveredTrades) {}

    public static VwapSumsResponse of(ContextView view, DayReport report) {
        return new VwapSumsResponse(
                InstrumentBody.of(view.instrument()),
                report.day(),
                new Sums(
                        report.sums().volume(),
                        report.sums().value(),
                        report.sums().square()),
                new Averages(view.vwap(), view.vwapQuote()),
                new Trades(
                        report.sums().trades(),
                        report.exceptions().late(),
                        report.exceptions().tooLate(),
                        report.exceptions().repeated(),
                        report.exceptions().covered()),
                report.tradedMinutes(),
                report.filledMinutes(),
                view.approximate());
    }
}
