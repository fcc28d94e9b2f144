package org.benchmarkresults.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Every setting there is; {@link ConfigTest} fails when one is missing. */
final class Settings {
  private Settings() {}

  /** In the order of the configuration. */
  static List<Setting> all() {
    return List.of(
        setting("roles", Config::roles, List.of("http", "storage", "health", "standardize"))
            .given("health, http, http", List.of("health", "http")),
        setting("http.host", config -> config.http().host(), "127.0.0.1")
            .given("0.0.0.0", "0.0.0.0"),
        setting("http.port", config -> config.http().port(), 8000).given("0", 0),
        setting("http.body_limit", config -> config.http().bodyLimit().bytes(), 64L << 20)
            .given("1KiB", 1024L),
        setting("http.upload_budget", config -> config.http().uploadBudget().bytes(), 128L << 20)
            .given("1GiB", 1L << 30),
        setting("http.idle_timeout", config -> config.http().idleTimeout(), Duration.ofSeconds(60))
            .given("5m", Duration.ofMinutes(5)),
        setting("http.min_upload_rate", config -> config.http().minUploadRate().bytes(), 16L << 10)
            .given("1B", 1L),
        setting(
                "http.shutdown_grace",
                config -> config.http().shutdownGrace(),
                Duration.ofSeconds(10))
            .given("0s", Duration.ZERO),
        setting("http.cors_origins", config -> config.http().corsOrigins(), List.of("*"))
            .given(
                "https://a.example, https://b.example",
                List.of("https://a.example", "https://b.example")),
        setting("http.tls_certificate", config -> config.http().tlsCertificate(), "")
            .given("/tls/tls.crt", "/tls/tls.crt"),
        setting("http.tls_key", config -> config.http().tlsKey(), "")
            .given("/tls/tls.key", "/tls/tls.key"),
        setting("mongo.url", config -> config.mongo().url().value(), "")
            .given("mongodb://db.example", "mongodb://db.example"),
        setting("mongo.database", config -> config.mongo().database(), "benchmark_results")
            .given("other", "other"),
        setting(
                "mongo.operation_timeout",
                config -> config.mongo().operationTimeout(),
                Duration.ofSeconds(10))
            .given("1h", Duration.ofHours(1)),
        setting(
                "mongo.save_timeout",
                config -> config.mongo().saveTimeout(),
                Duration.ofSeconds(60))
            .given("90s", Duration.ofSeconds(90)),
        setting("mongo.embedded_folder", config -> config.mongo().embeddedFolder(), "data")
            .given("else/where", "else/where"),
        setting("health.interval", config -> config.health().interval(), Duration.ofSeconds(1))
            .given("1d", Duration.ofDays(1)),
        setting("standardize.adapters_folder", config -> config.standardize().adaptersFolder(), "")
            .given("formats", "formats"),
        setting("standardize.metrics_file", config -> config.standardize().metricsFile(), "")
            .given("metrics.yaml", "metrics.yaml"),
        setting("retention.rules", config -> config.retention().rules(), List.of())
            .given(
                "raw_input/*=365d, standardized_output/a=b=90m",
                List.of("raw_input/*=365d", "standardized_output/a=b=90m")),
        setting(
                "retention.restore_window",
                config -> config.retention().restoreWindow(),
                Duration.ofDays(30))
            .given("0s", Duration.ZERO),
        setting("retention.interval", config -> config.retention().interval(), Duration.ofHours(1))
            .given("15m", Duration.ofMinutes(15)),
        setting(
                "retention.audit_log",
                config -> config.retention().auditLog(),
                Duration.ofDays(400))
            .given("0s", Duration.ZERO),
        setting(
                "attachments.file_limit",
                config -> config.attachments().fileLimit().bytes(),
                1L << 30)
            .given("2MiB", 2L << 20),
        setting(
                "attachments.result_limit",
                config -> config.attachments().resultLimit().bytes(),
                4L << 30)
            .given("2GiB", 2L << 30),
        setting("attachments.count", config -> config.attachments().count(), 100).given("7", 7),
        setting("cluster.enabled", config -> config.cluster().enabled(), false).given("yes", true),
        setting("cluster.name", config -> config.cluster().name(), "benchmark-results")
            .given("staging", "staging"),
        setting("cluster.host", config -> config.cluster().host(), "127.0.0.1")
            .given("10.1.4.17", "10.1.4.17"),
        setting("cluster.port", config -> config.cluster().port(), 5701).given("5801", 5801),
        setting("cluster.bus_port", config -> config.cluster().busPort(), 5702).given("5802", 5802),
        setting("cluster.members", config -> config.cluster().members(), List.of())
            .given("a.example, b.example:5801", List.of("a.example", "b.example:5801")),
        setting("cluster.service_dns", config -> config.cluster().serviceDns(), "")
            .given("nodes.default.svc", "nodes.default.svc"),
        setting("management.host", config -> config.management().host(), "127.0.0.1")
            .given("0.0.0.0", "0.0.0.0"),
        setting("management.port", config -> config.management().port(), 0).given("9000", 9000),
        setting("security.keys", config -> config.security().keys(), false).given("true", true),
        setting("security.issuer", config -> config.security().issuer(), "")
            .given("https://login.example/a", "https://login.example/a"),
        setting("security.audience", config -> config.security().audience(), "")
            .given("results", "results"),
        setting("security.jwks", config -> config.security().jwks(), "")
            .given("https://login.example/keys", "https://login.example/keys"),
        setting("security.scope_claim", config -> config.security().scopeClaim(), "scope")
            .given("scp", "scp"),
        setting(
                "security.prefix_claim",
                config -> config.security().prefixClaim(),
                "benchmark_prefix")
            .given("team", "team"),
        setting("security.prefix_required", config -> config.security().prefixRequired(), false)
            .given("true", true),
        setting("security.anonymous_read", config -> config.security().anonymousRead(), false)
            .given("yes", true),
        setting("security.audit", config -> config.security().audit(), true).given("no", false),
        setting("events.listeners", config -> config.events().listeners(), 1000).given("7", 7),
        setting("limits.address_rate", config -> config.limits().addressRate(), 0).given("9", 9),
        setting("limits.address_concurrent", config -> config.limits().addressConcurrent(), 0)
            .given("9", 9),
        setting("limits.key_rate", config -> config.limits().keyRate(), 0).given("9", 9),
        setting("limits.key_concurrent", config -> config.limits().keyConcurrent(), 0)
            .given("9", 9),
        setting("limits.behind_proxy", config -> config.limits().behindProxy(), false)
            .given("true", true),
        setting("tracing.endpoint", config -> config.tracing().endpoint(), "")
            .given("http://collector.example:4318", "http://collector.example:4318"),
        setting("tracing.sampling_ratio", config -> config.tracing().samplingRatio(), 1.0)
            .given("0.25", 0.25));
  }

  /** The settings that another setting requires. */
  static Map<String, String> companions(Setting setting) {
    if (setting.path().startsWith("http.tls_")) {
      return Map.of("HTTP_TLS_CERTIFICATE", "other.crt", "HTTP_TLS_KEY", "other.key");
    }
    if (setting.path().startsWith("security.")) {
      return Map.of(
          "SECURITY_ISSUER", "https://other.example",
          "SECURITY_AUDIENCE", "other",
          "SECURITY_JWKS", "https://other.example/keys");
    }
    return setting.path().equals("roles") || setting.path().equals("cluster.enabled")
        ? Map.of(
            "CLUSTER_ENABLED", "true",
            "CLUSTER_MEMBERS", "a.example",
            "MONGO_URL", "mongodb://db.example")
        : Map.of();
  }

  private static Setting setting(String path, Function<Config, Object> read, Object byDefault) {
    return new Setting(path, read, byDefault, "", byDefault);
  }
}
