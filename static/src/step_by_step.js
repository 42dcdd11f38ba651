// The stages of a guide: open as they come, and with this file each can be hidden and shown, alone or all at once.
import { Component } from "govuk-frontend";

export class StepByStep extends Component {
  static moduleName = "portal-steps";

  constructor($root) {
    super($root);
    this.stages = [...$root.querySelectorAll("li:has(> ul)")].map(($stage) => this.enhance($stage));
    if (this.stages.length === 0) {
      return; // every stage is one page, and nothing folds
    }
    this.$all = button("portal-steps__all");
    this.$all.addEventListener("click", () => {
      const open = !this.stages.some(isOpen);
      this.stages.forEach((stage) => show(stage, open));
      this.update();
    });
    $root.before(this.$all);
    this.update();
  }

  enhance($stage) {
    const $title = $stage.querySelector("h3");
    const $pages = $stage.querySelector("ul");
    const $button = button("portal-steps__toggle");
    const $sign = document.createElement("span");
    $sign.className = "portal-steps__sign";
    $button.append(...$title.childNodes, $sign);
    $button.setAttribute("aria-controls", $pages.id);
    $title.append($button);
    const stage = { $button, $pages, $sign };
    $button.addEventListener("click", () => {
      show(stage, !isOpen(stage));
      this.update();
    });
    show(stage, true);
    return stage;
  }

  update() {
    this.$all.textContent = this.stages.some(isOpen) ? "Hide all" : "Show all";
  }
}

function button(className) {
  const $button = document.createElement("button");
  $button.type = "button";
  $button.className = className;
  return $button;
}

const isOpen = ({ $pages }) => !$pages.hidden;

function show({ $button, $pages, $sign }, open) {
  $pages.hidden = !open;
  $sign.textContent = open ? "Hide" : "Show";
  $button.setAttribute("aria-expanded", open);
}
