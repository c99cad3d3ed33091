package dev.livefeed.app.sink.client;

import dev.livefeed.app.sink.BatchClient;
import dev.livefeed.app.sink.ClientSettings;
import dev.livefeed.app.sink.LineAddress;
import dev.livefeed.app.sink.LineBatch;
import dev.livefeed.app.sink.LineRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends lines to Kafka. When a record fails, the producer is closed at once: none of those behind it in its partition
 * is sent after it, and all of them come again with the batch.
 */
public final class KafkaClient implements BatchClient {

    private static final int BLOCK_MILLIS = 5_000;
    private static final int REQUEST_MILLIS = 5_000;
    private static final int DELIVERY_MILLIS = 8_000;
    /** More than any line of the protocol: how long one may be is for the brokers to say. */
    private static final int MAX_REQUEST = 4 * 1024 * 1024;

    private record Failed(int index, Exception why) {

        private boolean refused() {
            return why instanceof RecordTooLargeException || why instanceof InvalidRecordException;
        }
    }

    private final Map<String, Object> config;
    private final String brokers;
    private final String prefix;
    private final String venue;
    private KafkaProducer<byte[], byte[]> producer;

    public KafkaClient(ClientSettings settings) {
        brokers = settings.text("sink.kafka.brokers");
        prefix = settings.text("sink.kafka.topic.prefix");
        venue = settings.venue();
        config = config(settings);
    }

    private static Map<String, Object> config(ClientSettings settings) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.text("sink.kafka.brokers"));
        config.put(ProducerConfig.CLIENT_ID_CONFIG, "bybit-live-connector");
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // A partition that has just been created may refuse a request and take the next one: without a trace of the
        // producer it accepts any sequence, and the repeated first request is then confirmed as a duplicate.
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, settings.text("sink.kafka.compression"));
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 * 1024);
        // The sink repeats a batch that fails, without limit; here it only has to fail in time.
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_REQUEST);
        config.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        config.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        boolean tls = Boolean.parseBoolean(settings.text("sink.kafka.tls"));
        String user = settings.text("sink.kafka.user");
        config.put(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                (user.isEmpty() ? "" : "SASL_") + (tls ? "SSL" : "PLAINTEXT"));
        if (!user.isEmpty()) {
            String mechanism = settings.text("sink.kafka.sasl");
            config.put(SaslConfigs.SASL_MECHANISM, mechanism);
            config.put(
                    SaslConfigs.SASL_JAAS_CONFIG,
                    "org.apache.kafka.common.security."
                            + (mechanism.equals("PLAIN") ? "plain.Plain" : "scram.Scram")
                            + "LoginModule required username="
                            + quoted(user)
                            + " password="
                            + quoted(settings.variable("SINK_KAFKA_PASSWORD"))
                            + ";");
        }
        return config;
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    @Override
    public void send(LineBatch batch) throws Exception {
        if (producer == null) {
            ByteArraySerializer bytes = new ByteArraySerializer();
            producer = new KafkaProducer<>(config, bytes, bytes);
        }
        KafkaProducer<byte[], byte[]> used = producer;
        AtomicReference<Failed> failure = new AtomicReference<>();
        CountDownLatch confirmed = new CountDownLatch(batch.size());
        byte[] run = ascii(batch.run());
        try {
            for (int i = 0; i < batch.size() && failure.get() == null; i++) {
                int index = i;
                used.send(toRecord(batch, i, run), (metadata, problem) -> {
                    if (problem != null && failure.compareAndSet(null, new Failed(index, problem))) {
                        used.close(Duration.ZERO);
                    }
                    confirmed.countDown();
                });
            }
            while (failure.get() == null && !confirmed.await(100, TimeUnit.MILLISECONDS)) {
                // Each record is confirmed or fails within the time that the producer has for it.
            }
        } catch (InterruptException e) {
            Thread.interrupted(); // set again by Kafka
            throw new InterruptedException(e.getMessage());
        }
        Failed failed = failure.get();
        if (failed != null && failed.refused()) {
            throw new LineRefused(failed.index, failed.why.getMessage());
        }
        if (failed != null) {
            throw failed(
                    "the brokers " + brokers + " did not confirm a batch of " + batch.size() + " lines", failed.why);
        }
    }

    /** Not as its cause, of which alone the message would be shown. */
    private static IOException failed(String what, Exception why) {
        IOException failed = new IOException(what + ": " + why.getMessage());
        failed.addSuppressed(why);
        return failed;
    }

    private ProducerRecord<byte[], byte[]> toRecord(LineBatch batch, int index, byte[] run) throws IOException {
        byte[] line = batch.line(index);
        LineAddress address = LineAddress.of(batch, index, venue);
        byte[] key = address.instrument().getBytes(StandardCharsets.UTF_8);
        ProducerRecord<byte[], byte[]> made = new ProducerRecord<>(prefix + address.type(), key, line);
        made.headers().add("run", run).add("sequence", ascii(batch.first() + index));
        return made;
    }

    private static byte[] ascii(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }
}
