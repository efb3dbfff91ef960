"""Pages and their scripts in the language of the reader's browser, in Chromium."""

import pytest
from playwright.sync_api import Browser, expect


@pytest.mark.browser
def test_scripts_speak_as_the_page_does(chromium: Browser, live_server: str) -> None:
    """To a Spanish browser suggestions, the button that saves, the range and the saved searches are in Spanish."""
    with chromium.new_context(base_url=live_server, locale="es-MX") as context:
        page = context.new_page()
        page.goto("/?q=ferry")
        expect(page.locator("html")).to_have_attribute("lang", "es")
        page.locator("button.save").click()
        expect(page.locator("button.save")).to_have_text("Guardado")
        expect(page.get_by_role("slider").first).to_have_accessible_name(
            "Inicio del intervalo, Respuestas por mes; las flechas lo mueven, Intro lo aplica"
        )
        page.locator("input.q").first.fill("nor")
        expect(page.locator(".suggestions [role=group]").first).to_have_accessible_name("Mencionado")
        page.goto("/saved?ui=zh")
        expect(page.locator(".saved-list .buttons button").first).to_have_text("重命名")
        page.locator(".saved-list a.name").click()
        expect(page.locator("html")).to_have_attribute("lang", "zh-Hans")
        page.get_by_role("link", name="English", exact=True).click()
        expect(page.locator(".total")).to_contain_text("answers")
        expect(page.locator("button.save")).to_have_text("Saved")
