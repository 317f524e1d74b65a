# A second opinion from R. Rscript --vanilla r_oracle.R QUESTION FOLDER [BOUNDARIES]: reads what the
# test wrote to FOLDER, leaves rows of what,key,number in FOLDER/answer.csv.
arguments <- commandArgs(trailingOnly = TRUE)
question <- arguments[1]
folder <- arguments[2]
given <- function(name) read.csv(file.path(folder, name), colClasses = c(code = "character"))
rows <- character()
tell <- function(what, key, number) {
  rows <<- c(rows, sprintf("%s,%s,%.17g", what, key, as.numeric(number)))
}

# Global and local I without the units that have no value and those without a neighbour that has one.
tell_moran <- function(nb, codes, values) {
  suppressMessages(library(spdep))
  known <- is.finite(values)
  nb <- subset(nb, known)
  alone <- card(nb) == 0
  for (code in codes[known][alone]) tell("island", code, 1)
  nb <- subset(nb, !alone)
  x <- values[known][!alone]
  weights <- nb2listw(nb, style = "W")
  global <- moran(x, weights, length(x), Szero(weights))
  tell("n", "", length(x))
  tell("I", "", global$I)
  tell("expected", "", -1 / (length(x) - 1))
  local <- localmoran(x, weights)[, 1]
  for (i in seq_along(x)) tell("local", codes[known][!alone][i], local[i])
  set.seed(1)
  tell("p", "", moran.mc(x, weights, nsim = 999)$p.value)
  drawn <- localmoran_perm(x, weights, nsim = 999, iseed = 1)
  for (i in seq_along(x)) tell("folded_p", codes[known][!alone][i], drawn[i, "Pr(folded) Sim"])
}

if (question == "classes") {
  suppressMessages(library(classInt))
  x <- given("values.csv")$value
  breaks <- function(style, n) {
    classIntervals(x, n = n, style = style, warnLargeN = FALSE, warnSmallN = FALSE)$brks
  }
  for (n in 2:9) {
    for (style in c("fisher", "quantile", "equal", "pretty", "sd")) {
      b <- breaks(style, n)
      tell(paste0(style, n), seq_along(b), b)
    }
  }
  b <- breaks("headtails", 5)
  tell("headtails", seq_along(b), b)
} else if (question == "statistics") {
  counts <- given("counts.csv")
  for (i in seq_len(nrow(counts))) {
    interval <- suppressWarnings(
      prop.test(counts$reached[i], counts$eligible[i], correct = FALSE))$conf.int
    tell("low", counts$code[i], interval[1])
    tell("high", counts$code[i], interval[2])
  }
  pairs <- given("pairs.csv")
  fit <- lm(y ~ x, pairs)
  tell("intercept", "", coef(fit)[1])
  tell("slope", "", coef(fit)[2])
  tell("r_squared", "", summary(fit)$r.squared)
} else if (question == "lattice") {
  suppressMessages(library(spdep))
  values <- given("values.csv")
  size <- given("size.csv")
  # Row by row, as the test has them.
  tell_moran(cell2nb(size$rows, size$columns, type = "queen"), values$code, values$value)
} else if (question == "boundaries") {
  suppressMessages({library(sf); library(spdep); sf_use_s2(FALSE)})
  land <- st_read(arguments[3], quiet = TRUE)
  values <- given("values.csv")
  nb <- suppressMessages(poly2nb(land, queen = TRUE))
  for (i in seq_along(nb)) {
    for (j in nb[[i]]) if (j > 0) tell("link", paste(land$code[i], land$code[j]), 1)
  }
  tell_moran(nb, land$code, values$value[match(land$code, values$code)])
} else {
  stop("no such question: ", question)
}
writeLines(rows, file.path(folder, "answer.csv"))
