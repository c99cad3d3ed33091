package dev.livefeed.app.market.profile;

import dev.livefeed.protocol.model.Side;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** Reference implementation of the profile: a sorted map, with everything recomputed at each query. */
public final class ReferenceProfile {

    private final BigDecimal tick;
    private final TreeMap<BigDecimal, Bin> bins = new TreeMap<>();

    public ReferenceProfile(BigDecimal tick) {
        this.tick = tick;
    }

    public void add(BigDecimal price, BigDecimal qty, Side side) {
        BigDecimal floor = price.divide(tick, 0, RoundingMode.FLOOR).multiply(tick);
        BigDecimal none = BigDecimal.ZERO;
        Bin more = new Bin(floor, qty, side == Side.BUY ? qty : none, side == Side.SELL ? qty : none);
        bins.merge(
                floor,
                more,
                (a, b) -> new Bin(
                        floor,
                        a.volume().add(b.volume()),
                        a.buy().add(b.buy()),
                        a.sell().add(b.sell())));
    }

    public List<Bin> bins() {
        return List.copyOf(bins.values());
    }

    public BigDecimal volume() {
        return bins.values().stream().map(Bin::volume).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    public List<Bin> top() {
        return bins.values().stream()
                .sorted(Comparator.comparing(Bin::volume).reversed().thenComparing(Bin::price))
                .limit(10)
                .toList();
    }

    /** Adds bin by bin from the POC: the larger neighbour first, the lower one on a tie. */
    public PriceRange valueArea() {
        if (bins.isEmpty()) {
            return null;
        }
        List<Bin> list = new ArrayList<>(bins.values());
        int low = list.indexOf(top().get(0));
        int high = low;
        BigDecimal target = volume().multiply(new BigDecimal("0.7"));
        BigDecimal sum = list.get(low).volume();
        while (sum.compareTo(target) < 0) {
            BigDecimal below = low > 0 ? list.get(low - 1).volume() : BigDecimal.valueOf(-1);
            BigDecimal above = high < list.size() - 1 ? list.get(high + 1).volume() : BigDecimal.valueOf(-1);
            if (below.compareTo(above) >= 0) {
                low--;
                sum = sum.add(below);
            } else {
                high++;
                sum = sum.add(above);
            }
        }
        return new PriceRange(list.get(low).price(), list.get(high).price());
    }
}
