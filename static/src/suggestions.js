// Offers what to search for while somebody types, after the combobox of the WAI-ARIA Authoring Practices. The box stays
// a plain form: nothing is sent off by itself, and without this file, or an answer, it searches as before.

const { from, styles } = document.querySelector("script[data-from]").dataset;
const WAIT = 200; // milliseconds without a key, so that not every letter asks
const FEWEST = 2; // letters; the server offers nothing for fewer

class Suggestions {
  constructor($input, number) {
    this.$input = $input;
    this.chosen = -1;
    this.$list = element("ul", { role: "listbox", id: `suggestions-${number}`, class: "portal-suggestions" });
    this.$list.setAttribute("aria-label", "Suggestions");
    this.$list.hidden = true;
    this.$status = element("div", { role: "status", class: "govuk-visually-hidden" });
    for (const [name, value] of Object.entries({
      role: "combobox",
      autocomplete: "off",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-controls": this.$list.id,
    })) {
      $input.setAttribute(name, value);
    }
    $input.form.append(this.$list, this.$status);
    $input.addEventListener("focus", addStyles, { once: true });
    $input.addEventListener("input", () => this.askSoon());
    $input.addEventListener("keydown", (event) => this.onKey(event));
    $input.addEventListener("blur", () => this.close());
    $input.form.addEventListener("submit", () => this.close());
    this.$list.addEventListener("mousedown", (event) => event.preventDefault()); // the box keeps the focus
    this.$list.addEventListener("click", (event) => this.take(event.target.closest("[role=option]")));
    if (document.activeElement === $input) {
      addStyles();
    }
  }

  get $options() {
    return [...this.$list.children];
  }

  askSoon() {
    this.stop();
    this.choose(-1); // what was chosen belongs to the words before
    const words = this.$input.value.trim();
    if (words.length < FEWEST) {
      this.close();
      return;
    }
    this.timer = setTimeout(() => this.ask(words), WAIT);
  }

  stop() {
    clearTimeout(this.timer);
    this.asking?.abort();
  }

  async ask(words) {
    this.asking = new AbortController();
    const { signal } = this.asking;
    try {
      const answer = await fetch(`${from}?${new URLSearchParams({ q: words })}`, { signal, credentials: "omit" });
      const { suggestions } = await answer.json();
      if (!signal.aborted) {
        this.offer(suggestions);
      }
    } catch {
      if (!signal.aborted) {
        this.close(); // nobody is told: they can search all the same
      }
    }
  }

  offer(suggestions) {
    this.$list.replaceChildren(
      ...suggestions.map(({ words, kind }, place) => {
        const $option = element("li", { role: "option", id: `${this.$list.id}-${place}`, "aria-selected": "false" });
        $option.dataset.words = words;
        $option.append(element("span", {}, words), " ", element("span", {}, kind));
        return $option;
      }),
    );
    this.chosen = -1;
    this.show(suggestions.length > 0);
    this.say(
      suggestions.length === 0
        ? "No suggestions."
        : `${suggestions.length} suggestion${suggestions.length === 1 ? "" : "s"}. Use the down arrow to choose.`,
    );
  }

  onKey(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) {
      return;
    }
    const isOpen = !this.$list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (this.$options.length > 0) {
        event.preventDefault();
        this.move(event);
      }
    } else if (event.key === "Enter" && isOpen && this.chosen >= 0) {
      event.preventDefault();
      this.take(this.$options[this.chosen]);
    } else if (event.key === "Escape") {
      if (isOpen) {
        event.preventDefault(); // the browser would empty the box
      }
      this.close();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(event.key)) {
      this.choose(-1); // back in the words, where the browser moves the cursor
    }
  }

  move({ key, altKey }) {
    if (altKey) {
      this.show(key === "ArrowDown");
      return;
    }
    // One place more than there are options: the box itself, between the last and the first.
    const places = this.$options.length + 1;
    const step = key === "ArrowDown" ? 1 : -1;
    this.show(true);
    this.choose(((this.chosen + 1 + step + places) % places) - 1);
  }

  choose(place) {
    this.chosen = place;
    this.$options.forEach(($option, each) => $option.setAttribute("aria-selected", each === place));
    if (place < 0) {
      this.$input.removeAttribute("aria-activedescendant");
    } else {
      this.$input.setAttribute("aria-activedescendant", this.$options[place].id);
      this.$options[place].scrollIntoView({ block: "nearest" });
    }
  }

  take($option) {
    if (!$option) {
      return;
    }
    this.$input.value = $option.dataset.words;
    this.close();
    this.$list.replaceChildren();
    this.$input.focus();
    this.say(`You chose ${$option.dataset.words}. Press Enter to search.`);
  }

  show(isOpen) {
    this.$list.hidden = !isOpen;
    this.$input.setAttribute("aria-expanded", isOpen);
    if (!isOpen) {
      this.choose(-1);
    }
  }

  close() {
    this.stop();
    this.show(false);
    this.say("");
  }

  say(words) {
    this.$status.textContent = words;
  }
}

function element(name, attributes, text = "") {
  const $element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) {
    $element.setAttribute(attribute, value);
  }
  $element.textContent = text;
  return $element;
}

// Not part of the page's own sheet: only who is about to type needs them.
function addStyles() {
  if (!document.querySelector(`link[href="${styles}"]`)) {
    document.head.append(element("link", { rel: "stylesheet", href: styles }));
  }
}

document
  .querySelectorAll("form[role=search] input[type=search]")
  .forEach(($input, number) => new Suggestions($input, number));
