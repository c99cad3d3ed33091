package dev.livefeed.app.route.sample;

/**
 * A step that throws for a sample.
 *
 * @param file name of the route file, or null if unknown
 * @param line counted from 1, or null if unknown
 * @param step the step as Camel names it
 * @param reason which sample, and what was thrown
 */
public record SampleFault(String file, Integer line, String step, String reason) {}
