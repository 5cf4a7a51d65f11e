# docker build -t ntm-extract . && docker run --network none -v /archive:/archive:ro -v /results:/results ntm-extract run /archive --out /results
FROM python:3.11-slim-bookworm
RUN apt-get update -qq \
 && apt-get install -y -qq --no-install-recommends tesseract-ocr tesseract-ocr-vie tesseract-ocr-osd poppler-utils util-linux \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /opt/ntm-extract
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY ntm_extract ntm_extract
COPY models models
# Compiled once, here; in a container that is read-only but for /tmp, and for any user of it, once more at the first run.
ENV NUMBA_CACHE_DIR=/tmp/numba
RUN pip install --no-cache-dir -q -c constraints.txt -e '.[fast,dask]' \
 && echo "kiem tra" | ntm-extract repair - >/dev/null \
 && chmod -R a+rwX /tmp/numba
ENTRYPOINT ["ntm-extract"]
