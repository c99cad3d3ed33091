package dev.livefeed.bench.drills;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Samples the application that runs, once a second; in a long run less often, so that the samples stay few. */
final class Sampler {

    private static final int MOST = 4_000;

    private final long beganNanos = System.nanoTime();
    private final List<Sample> samples = new ArrayList<>();
    private volatile Program program;
    private volatile String drill = "";
    private volatile int seconds = 1;

    void start() {
        Thread thread = new Thread(this::run, "sampler");
        thread.setDaemon(true);
        thread.start();
    }

    /** The application that runs; null if none does. */
    void program(Program running) {
        program = running;
    }

    void drill(String name) {
        drill = name;
    }

    private void run() {
        try {
            while (true) {
                TimeUnit.SECONDS.sleep(seconds);
                Program running = program;
                if (running != null && running.isAlive()) {
                    look(running);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Program running) {
        try {
            ProcessFigures figures = running.figures();
            double live = LiveProbe.millis(running.port());
            add(new Sample(
                    Math.round((System.nanoTime() - beganNanos) / 1e8) / 10.0,
                    drill,
                    ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
                    figures.residentMib(),
                    figures.threads(),
                    figures.descriptors(),
                    Double.isNaN(live) ? -1 : Math.round(live * 10) / 10.0));
        } catch (IOException e) {
            // It has ended meanwhile.
        }
    }

    private synchronized void add(Sample sample) {
        samples.add(sample);
        if (samples.size() >= MOST) {
            for (int i = samples.size() - 1; i > 0; i -= 2) {
                samples.remove(i);
            }
            seconds *= 2;
        }
    }

    synchronized List<Sample> samples() {
        return List.copyOf(samples);
    }
}
