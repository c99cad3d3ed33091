/** JMH benchmarks of single steps. */
package dev.livefeed.bench.micro;
