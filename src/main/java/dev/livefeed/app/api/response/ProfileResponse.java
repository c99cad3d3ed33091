package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.profile.Bin;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Volume by price: a page of the bins that were traded in, lowest first. */
public record ProfileResponse(
        @JsonUnwrapped InstrumentBody instrument,
        LocalDate day,
        BigDecimal tickSize,
        BigDecimal volume,
        @JsonUnwrapped ValueArea valueArea,
        @JsonUnwrapped Page page,
        boolean approximate,
        boolean synthetic) {

    public record ValueArea(BigDecimal poc, BigDecimal pocVolume, BigDecimal vah, BigDecimal val) {}

    /** @param next where the next page begins, or null */
    public record Page(List<Bin> bins, BigDecimal next) {}

    /**
     * @param bins of the page, and the first of the next one if there is one
     * @param most bins of a page
     */
    public static ProfileResponse of(ContextView view, List<Bin> bins, int most) {
        boolean more = bins.size() > most;
        return new ProfileResponse(
                InstrumentBody.of(view.instrument()),
                view.day(),
                view.tickSize(),
                view.volume(),
                new ValueArea(view.poc(), view.pocVolume(), view.vah(), view.val()),
                new Page(
                        more ? bins.subList(0, most) : bins,
                        more ? bins.get(most).price() : null),
                view.approximate(),
                view.synthetic());
    }
}
