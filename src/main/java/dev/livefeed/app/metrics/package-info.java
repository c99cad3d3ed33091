/** The series of Prometheus: what the parts of the application count, by name and label. */
package dev.livefeed.app.metrics;
