package dev.livefeed.app.api.response;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.livefeed.app.market.ContextView;
import dev.livefeed.app.market.profile.Bin;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** Volume by price: a page of the traded bins, lowest first. */
public record ProfileResponse(
        @JsonUnwrapped InstrumentBody instrument,
        LocalDate day,
        BigDecimal tickSize,
        BigDecimal volume,
        @JsonUnwrapped ValueAreaBody valueArea,
        @JsonUnwrapped BinPage page,
        boolean approximate,
        boolean synthetic) {

    public record ValueAreaBody(BigDecimal poc, BigDecimal pocVolume, BigDecimal vah, BigDecimal val) {}

    /** @param next the first price of the next page, or null */
    public record BinPage(List<Bin> bins, BigDecimal next) {}

    /**
     * @param bins bins of the page, and the first bin of the next page if there is one
     * @param pageSize maximum number of bins in a page
     */
    public static ProfileResponse of(ContextView view, List<Bin> bins, int pageSize) {
        boolean more = bins.size() > pageSize;
        return of(
                view,
                view.tickSize(),
                new BinPage(
                        more ? bins.subList(0, pageSize) : bins,
                        more ? bins.get(pageSize).price() : null));
    }

    /**
     * @param height of the bins
     * @param bins all of them
     */
    public static ProfileResponse of(ContextView view, BigDecimal height, List<Bin> bins) {
        return of(view, height, new BinPage(bins, null));
    }

    private static ProfileResponse of(ContextView view, BigDecimal height, BinPage page) {
        return new ProfileResponse(
                InstrumentBody.of(view.instrument()),
                view.day(),
                height,
                view.volume(),
                new ValueAreaBody(view.poc(), view.pocVolume(), view.vah(), view.val()),
                page,
                view.approximate(),
                view.synthetic());
    }
}
