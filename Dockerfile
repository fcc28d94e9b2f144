# The image of the service. Needs BuildKit, which passes over the stages that are not asked for.
#   docker build -t benchmark-results:0.1.0 .                            from source, by Maven in a stage of its own
#   docker build -t benchmark-results:0.1.0 --build-arg APP=beside .     from target/app, made by `mvn package` before
# There is no syntax line, heredoc or --link here, so that an engine of 2020 builds it with its own front end.
ARG APP=source
ARG MAVEN_IMAGE=maven:3.9-eclipse-temurin-25
# A release pins its digest by --build-arg.
ARG JRE_IMAGE=eclipse-temurin:25-jre

FROM ${MAVEN_IMAGE} AS source
WORKDIR /source
COPY pom.xml openapi.yaml ./
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -Dmaven.test.skip package

FROM scratch AS beside
COPY target/app /source/target/app

FROM ${APP} AS app

# The libraries below the application's own jar: a release that changes only code sends only that.
# Modes are set, because a checkout may have been made with a umask that hides files from other users.
FROM ${JRE_IMAGE} AS runtime
WORKDIR /app
COPY --from=app --chmod=755 /source/target/app/lib lib/
COPY --from=app --chmod=644 /source/target/app/benchmark-results.jar /source/target/app/sbom.cdx.json ./
COPY --chmod=644 docker/java.options ./
COPY --chmod=755 docker/health-check ./

# The AOT cache holds paths and times of the jars: it is made in the very layers that it is used in.
FROM runtime AS training
COPY --from=app /source/target/app/native /native
COPY docker/train /
RUN bash /train

FROM runtime
COPY --from=training --chmod=755 /app/native native/
COPY --from=training --chmod=644 /app/benchmark-results.aot ./
# A volume gets its owner from the folder it is mounted over.
RUN install -d -o 10001 -g 10001 -m 750 /data
# Two arenas of malloc, not one for each thread: what is freed in one is not used by the others.
ENV MALLOC_ARENA_MAX=2
# Without MONGO_URL the embedded database keeps its data in the volume, never in the container itself.
ENV HTTP_HOST=0.0.0.0 MONGO_EMBEDDED_FOLDER=/data
VOLUME /data
EXPOSE 8000
USER 10001:10001
HEALTHCHECK --interval=10s --timeout=4s --start-period=20s --retries=3 CMD ["/app/health-check"]
ENTRYPOINT ["java", "@/app/java.options", "-XX:AOTCache=/app/benchmark-results.aot", "-jar", "/app/benchmark-results.jar"]

ARG VERSION=0.1.0
ARG REVISION=unknown
ARG JRE_IMAGE
LABEL org.opencontainers.image.title="benchmark-results" \
      org.opencontainers.image.description="Keeps every benchmark result of every model, exactly as it was measured." \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}" \
      org.opencontainers.image.base.name="${JRE_IMAGE}"
