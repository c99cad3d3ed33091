package dev.livefeed.soak;

import java.util.SplittableRandom;

/** Injects faults of the simulated network. */
final class Disturbances {

    /** Number of kinds that concern the whole network. */
    static final int KINDS = 7;

    private final SplittableRandom random;
    private final SimulatedTime time;
    private final NetworkConditions conditions;
    private final SimulatedNetwork network;

    Disturbances(SplittableRandom random, SimulatedTime time, NetworkConditions conditions, SimulatedNetwork network) {
        this.random = random;
        this.time = time;
        this.conditions = conditions;
        this.network = network;
    }

    /** A fault of the whole network by its number, from 0 to {@link #KINDS} excluded; returns its kind. */
    String begin(int number, long until) {
        return switch (number) {
            case 0 -> {
                conditions.refusingUntil = until;
                network.links().forEach(SimulatedLink::cut);
                yield "net-refused";
            }
            case 1 -> {
                conditions.swallowingUntil = until;
                network.links().forEach(SimulatedLink::sever);
                yield "net-swallowed";
            }
            case 2 -> {
                conditions.slowUntil = until;
                conditions.slowBy = (100 + random.nextInt(3_000)) * SimulatedTime.MILLI;
                yield "net-slow";
            }
            case 3 -> {
                network.links().forEach(SimulatedLink::sever);
                yield "net-half-open";
            }
            case 4 -> {
                network.links().forEach(SimulatedLink::cut);
                yield "net-cut";
            }
            case 5 -> {
                conditions.restRefusedUntil = until;
                yield "rest-refused";
            }
            case 6 -> {
                conditions.restSwallowedUntil = until;
                yield "rest-swallowed";
            }
            default -> throw new IllegalArgumentException("number is " + number + ", must be below " + KINDS);
        };
    }

    /** One of several connections ends, perhaps silently; the others continue. */
    String endOne() {
        network.links().stream()
                .skip(random.nextInt(Math.max(1, network.links().size())))
                .findFirst()
                .ifPresent(random.nextBoolean() ? SimulatedLink::cut : SimulatedLink::sever);
        return "net-one";
    }
}
